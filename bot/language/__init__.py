"""Chinese text: jieba behind the Segmenter port."""
