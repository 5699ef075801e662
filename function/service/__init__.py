"""What happens to a photo, without a word about AWS."""
