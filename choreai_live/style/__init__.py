"""Style: rolling buffers, the streaming LSTM, smoothing, and what was danced when."""
