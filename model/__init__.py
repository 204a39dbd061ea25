"""How a shot is pictured: stage and request as data; the theatre that draws, the video model, its training."""
