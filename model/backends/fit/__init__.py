"""Fitting an engine to the machine: what it has, how weights can lie in it, what each way costs, and doing so."""
