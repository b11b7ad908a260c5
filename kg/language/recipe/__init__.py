"""How the French pipeline is made: its words, its training texts, what is learnt from them."""
