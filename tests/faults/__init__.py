"""The fault matrix F1 to F24, each by the tests that hold it; invariant I is asserted after each.

F1-F9 sources_net/test_matrix; besides F1 test_limits (pauses), F2 and F8 test_limits (deadline, memory), F3 test_rules
(rests), F4 test_rules, test_clocks and, from run to run, test_commands and store/test_patience, F5 test_boards_list
(three days), F6 test_limits and test_guard, F7 and F9 test_rules (evidence). F10 test_odd_bytes, F11 test_drift, F13
test_walks and test_rules, F15 test_tls, F16 test_rules and test_walks; F11, F12 and F14 pipeline/test_lifecycle. Here:
F17 test_kills, F18 test_full, F19 to F22 test_interrupts, F20 also sources_net/test_clocks and store/test_clocks, F23
test_flips, F24 test_machine. ``JOBTIDE_SLOW=1`` runs 500 kills for 60, every write of 200 for every ninth, 200
histories for 10.
"""
