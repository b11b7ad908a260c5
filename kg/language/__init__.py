"""From text to sentences with their trees: tokenizer, tagger, lemmatizer, parser, names."""
