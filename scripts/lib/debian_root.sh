# shellcheck shell=bash
# A clean Debian 12 in a folder, booted under a systemd of its own: private namespaces, own network, nothing but
# this kernel shared with the machine. Root only.
# Needs: output.sh, processes.sh

# make_debian_base FILE: an archive of a fresh installation with systemd and nginx, made once.
make_debian_base() {
    local folder
    [[ ! -s $1 ]] || return 0
    say "Making a fresh Debian 12, once: $1"
    folder=$(mktemp -d /var/tmp/innergate-debian.XXXXXX)
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,nginx bookworm "$folder" >"$1.log" 2>&1 ||
        fail "debootstrap failed: $(tail -n 1 "$1.log")"
    mkdir -p "$(dirname "$1")"
    tar --directory "$folder" --create --file "$1.new" .
    mv "$1.new" "$1"
    rm -rf "$folder"
}

# unpack_debian_root FILE FOLDER PACKAGE…: with what apt needs to install the packages, PostgreSQL and git, without a
# network.
unpack_debian_root() {
    local archive=$1 root=$2
    shift 2
    tar --directory "$root" --extract --file "$archive"
    chmod 755 "$root"
    cp "$@" "$root/root"
    chroot "$root" apt-get -qq update || fail "apt-get update failed"
    chroot "$root" apt-get -qq --yes --no-install-recommends --download-only install "/root/$(basename "$1")" postgresql git ||
        fail "the packages that are to be installed cannot be had"
}

# Runs as the first process of the new namespaces: puts systemd on the folder $1.
# shellcheck disable=SC2016 # for another shell
boot_script='
    set -e
    mount --bind "$1" "$1"
    cd "$1"
    mount -t proc proc proc
    mount -t sysfs -o ro sysfs sys
    mount -t cgroup2 none sys/fs/cgroup
    mount --rbind /dev dev
    mount -t tmpfs -o mode=755 tmpfs run
    mount -t tmpfs -o mode=1777 tmpfs tmp
    mkdir -p run/systemd/system
    for unit in systemd-udevd systemd-udev-trigger systemd-logind systemd-networkd systemd-resolved \
        systemd-timesyncd systemd-sysctl systemd-random-seed systemd-update-utmp console-getty getty@tty1; do
        ln -s /dev/null "run/systemd/system/$unit.service"
    done
    ip link set lo up
    pivot_root . mnt
    umount -l /mnt
    # What a unit is handed over is mounted by a child of systemd, for it and for the unit to see.
    mount --make-rshared /
    exec env -i container=unshare PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system \
        --log-target=journal --show-status=no
'

# boot_debian_root FOLDER LOG: sets $init to the process of its systemd.
boot_debian_root() {
    cgroup=/sys/fs/cgroup
    [[ ! -d $cgroup/unified ]] || cgroup=$cgroup/unified
    cgroup=$cgroup/innergate-drill.$$
    mkdir "$cgroup"
    # shellcheck disable=SC2016 # for another shell
    start init "$2" bash -c 'echo $$ >"$1"/cgroup.procs && shift && exec "$@"' - "$cgroup" \
        unshare --pid --fork --kill-child --mount --uts --ipc --cgroup --net --propagation private \
        bash -c "$boot_script" - "$1"
    within 20 find_init || fail "systemd did not start: $(last_words "$2")"
    within 60 in_root test -S /run/systemd/private || fail "systemd did not start: $(last_words "$2")"
    in_root systemctl is-system-running --wait >/dev/null 2>&1 || true
}

find_init() {
    init=$(pgrep --parent "${pid_of[init]}") && [[ $(<"/proc/$init/comm") == systemd ]]
}

# in_root COMMAND…: as root of that system.
in_root() {
    nsenter --target "$init" --mount --uts --ipc --net --pid --cgroup -- env -i HOME=/root TERM=dumb LANG=C.UTF-8 \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@" </dev/null
}

# in_network COMMAND…: a program of this machine, as a client on that system's network.
in_network() {
    nsenter --target "$init" --net -- "$@" </dev/null
}

stop_debian_root() {
    [[ -n ${cgroup-} ]] || return 0
    # Bash would tell of a killed program in the middle of the transcript.
    stop init KILL 10 2>/dev/null
    within 10 remove_cgroups || say "$cgroup could not be removed"
    cgroup=
}

# From the leaves up; they go when their last process has.
remove_cgroups() {
    find "$cgroup" -depth -type d -exec rmdir {} + 2>/dev/null
    [[ ! -d $cgroup ]]
}
