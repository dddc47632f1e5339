"""The grammar of a ballot and what is shown of the counts."""
