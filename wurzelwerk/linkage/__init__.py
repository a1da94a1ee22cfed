"""Record linkage: whether two entries are one human being. A library without a database."""
