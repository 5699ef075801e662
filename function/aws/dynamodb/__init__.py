"""Adapters of DynamoDB: photos, postings, moves, the monthly budget."""
