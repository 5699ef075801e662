"""Implements the ports of the index table by DynamoDB: photos, postings, moves, the monthly budget."""
