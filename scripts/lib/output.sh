# shellcheck shell=bash
# What scripts say: progress on standard output, the one sentence of a failure on standard error.

say() {
    printf '%s\n' "$*"
}

# fail SENTENCE: ends the script. EXIT traps clean up.
fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# refuse_usage SENTENCE: as fail, for a wrong option.
refuse_usage() {
    printf '%s: %s (--help shows the options)\n' "$(basename "$0")" "$*" >&2
    exit 2
}

# print_help FILE: the comment block at the head of a script is its help.
print_help() {
    sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$1"
}
