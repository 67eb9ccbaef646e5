"""Speech and thought in an article: quotations with their frames, reports with their cues, and whose words they are."""
