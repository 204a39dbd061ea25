"""The reference bank: pictures of each character in each wardrobe state and of each place in each light."""
