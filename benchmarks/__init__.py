"""What is measured against peers: `make bench`, or `make bench BENCH=name` for one."""
