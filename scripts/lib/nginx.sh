# shellcheck shell=bash
# A private nginx in front of two pools: the repository's site and snippets, with ports and folders of ours.
# Needs: output.sh, processes.sh

# write_nginx_files PREFIX REPOSITORY SOCKETS LOGS INTERNAL_PORT PUBLIC_PORT
#
# PREFIX becomes what /etc/nginx is on a server: nginx.conf, and snippets/ with the files as they are in
# the repository, except for the sockets' folder.
write_nginx_files() {
    local prefix=$1 repository=$2 sockets=$3 logs=$4 internal_port=$5 public_port=$6 user=
    # Workers of a root nginx run as this user, as Debian sets it up.
    ((EUID != 0)) || user='user www-data;'
    rm -rf "$prefix"
    mkdir -p "$prefix/snippets"
    cp "$repository"/nginx/innergate-*.conf "$prefix/snippets/"
    replace_in "$prefix/snippets/innergate-upstreams.conf" /run/innergate "$sockets"
    mv "$prefix/snippets/innergate-site.conf" "$prefix/site.conf"
    replace_in "$prefix/site.conf" '# listen unix:/run/innergate' "listen unix:$sockets"
    replace_in "$prefix/site.conf" /var/log/nginx/innergate "$logs/nginx"
    replace_in "$prefix/site.conf" 'listen 127.0.0.1:8081;' "listen 127.0.0.1:$internal_port;"
    replace_in "$prefix/site.conf" 'listen 8080 ' "listen 127.0.0.1:$public_port "
    cat >"$prefix/nginx.conf" <<CONFIGURATION
$user
daemon off;
worker_processes auto;
pid "$sockets/nginx.pid";
error_log stderr notice;
events {
    worker_connections 1024;
}
http {
    client_body_temp_path "$sockets/nginx-client-body";
    fastcgi_temp_path "$sockets/nginx-fastcgi";
    proxy_temp_path "$sockets/nginx-proxy";
    uwsgi_temp_path "$sockets/nginx-uwsgi";
    scgi_temp_path "$sockets/nginx-scgi";
    include site.conf;
}
CONFIGURATION
}

# replace_in FILE TEXT REPLACEMENT: every occurrence, both taken literally. Fails when there is none:
# then the file has changed and this script must too.
replace_in() {
    local content
    content=$(<"$1")
    [[ $content == *"$2"* ]] || fail "$1 does not contain '$2'"
    printf '%s\n' "${content//"$2"/"$3"}" >"$1"
}

# start_nginx PREFIX LOG: and waits for nothing.
start_nginx() {
    PATH=$PATH:/usr/sbin start nginx "$2" nginx -e stderr -p "$1" -c "$1/nginx.conf"
}

# check_nginx_files PREFIX
check_nginx_files() {
    local answer
    answer=$(PATH=$PATH:/usr/sbin nginx -t -q -e stderr -p "$1" -c "$1/nginx.conf" 2>&1) ||
        fail "nginx refuses its configuration: $answer"
}

# http_status CURL_ARGUMENT…: 000 without an answer.
http_status() {
    curl --silent --output /dev/null --max-time 5 --write-out '%{http_code}' "$@" || true
}

# port_is_taken PORT: on the loopback address.
port_is_taken() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
