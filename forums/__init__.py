"""Boards, threads and posts. No votes with consequences."""
