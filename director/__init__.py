"""What to shoot, and whether it came out: screenplays, who directs them, the supervisor, the critic, the command."""
