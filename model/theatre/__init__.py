"""See DESIGN: model/theatre."""
