# The commands of a working day. `just` is a convenience: every line can be typed by hand.

# Try Hearth on this machine
run *words:
    ./hearth demo {{words}}

# Check the code and run every test
test *words:
    ./hearth test {{words}}

# Check the code and change nothing
check:
    ./hearth test --only-checks

# Put the format right, and what lint can mend by itself
fix:
    ./hearth test --fix
