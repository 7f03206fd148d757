"""The endpoints: querysets of what everybody may see, joined so that the number of queries does not depend on rows."""
