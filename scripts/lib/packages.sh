# shellcheck shell=bash
# Debian packages by what they are needed for, and their installation.
# Needs: output.sh

declare -A package_groups=(
    [build]="g++ cmake ninja-build ccache pkg-config libfcgi-dev libsoci-dev rapidjson-dev libssl-dev
        libboost-dev libexpected-dev libcli11-dev prometheus-cpp-dev libfmt-dev libhowardhinnant-date-dev
        libinih-dev libutfcpp-dev libsystemd-dev libpq-dev libsqlite3-dev
        libcurl4-openssl-dev libgit2-dev libyaml-cpp-dev libgrpc++-dev libprotobuf-dev protobuf-compiler
        protobuf-compiler-grpc"
    [run]="nginx curl"
    [postgresql]="postgresql"
    [test]="libboost-test-dev python3 python3-pytest systemd git dpkg-dev lintian man-db
        prometheus haproxy iproute2 openssl wrk"
    [lint]="clang-format clang-tidy-16 shellcheck git"
    [fuzz]="clang-16 libclang-rt-16-dev"
    [conformance]="python3 python3-venv"
    [typescript]="nodejs npm"
    [bench]="wrk python3 python3-matplotlib"
    [peers]="golang-go golang-github-jackc-pgx-v4-dev golang-github-golang-jwt-jwt-dev
        puma ruby-grape ruby-activerecord ruby-pg ruby-jwt"
    [drill]="dpkg-dev debootstrap iproute2 wrk python3"
)

# missing_packages PACKAGE…: those that are not installed.
missing_packages() {
    local installed package
    installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep -qxF "installed $package" <<<"$installed" || printf '%s\n' "$package"
    done
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo "$@"
    fi
}

apt_get() {
    # The lock is waited for: a fresh machine often runs its own updates in the background.
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq --yes --no-install-recommends \
        -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null
}

# Debian's packages start their services on installation: nginx on port 80, PostgreSQL on 5432, though
# nobody asked for either, and on a machine without an init system that can fail. This is Debian's
# way of saying no. A policy that is there already is the operator's, and stays.
forbid_service_starts() {
    local policy
    [[ ! -e /usr/sbin/policy-rc.d ]] || return 0
    policy=$(mktemp)
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    as_root install -m 755 "$policy" /usr/sbin/policy-rc.d
    rm -f "$policy"
    service_starts_forbidden=yes
}

allow_service_starts() {
    [[ -z ${service_starts_forbidden-} ]] || as_root rm -f /usr/sbin/policy-rc.d
    service_starts_forbidden=
}

# install_packages GROUP…: installs what is missing of these groups, and says so.
install_packages() (
    local group
    local -a wanted=() missing
    for group in "$@"; do
        [[ -n ${package_groups[$group]-} ]] ||
            refuse_usage "unknown package group $group: choose from ${!package_groups[*]}"
        read -r -d '' -a wanted <<<"${wanted[*]-} ${package_groups[$group]}" || true
    done
    command -v dpkg-query >/dev/null || fail "this needs Debian 12: dpkg-query is not there"
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    ((${#missing[@]} > 0)) || return 0
    say "Installing Debian packages: ${missing[*]}"
    if ((EUID != 0)) && ! command -v sudo >/dev/null; then
        fail "cannot install packages: not root, and sudo is not there. As root: apt-get install ${missing[*]}"
    fi
    # This function runs in a subshell, so that this trap is its own.
    trap allow_service_starts EXIT
    trap 'exit 143' TERM
    trap 'exit 130' INT
    forbid_service_starts
    apt_lists_are_there && apt_get install "${missing[@]}" && return 0
    apt_get update || fail "apt-get update failed"
    apt_get install "${missing[@]}" || fail "apt-get install failed"
)

# Without them the first attempt can only fail, with a message that looks like a fault.
apt_lists_are_there() {
    compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null
}
