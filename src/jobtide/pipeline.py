"""The whole way of a posting on one page."""
