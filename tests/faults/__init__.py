"""The fault matrix F1 to F24, each by the test that holds it; invariant I is asserted after each.

F1-F9 sources_net/test_matrix, F10 test_odd_bytes, F13 and F16 test_walks, F15 test_tls; F11, F12 and F14
pipeline/test_lifecycle; here: F17 test_kills, F18 test_full, F19 to F22 test_interrupts, F23 test_flips,
F24 test_machine. ``JOBTIDE_SLOW=1`` runs 500 kills for 60, every write of 200 for every ninth, 200 histories for 10.
"""
