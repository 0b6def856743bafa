#include "app/manual/manual_texts.hpp"

namespace innergate::manual {

const Program& pool_manual() {
    static const Program program{
        .name = "innergate-pool",
        .section = 8,
        .summary = "FastCGI worker pool that serves GitLab's internal API",
        .parts =
            {{.heading = "SIGNALS",
              .text = {},
              .entries =
                  {{"SIGTERM, SIGINT",
                    "take no new connections, finish what runs, end with status 0."},
                   {"SIGHUP",
                    "read settings and secrets again and make threads and database sessions anew, "
                    "all but the listening socket. Requests in hand are finished as they began. "
                    "Settings that are wrong change nothing and are logged."}}},
             {.heading = "EXIT STATUS",
              .text = {},
              .entries =
                  {{"0", "stopped by a signal, or printed what was asked for."},
                   {"1", "could not go on; the reason stands on standard error."},
                   {"2", "wrong usage, wrong settings or unsafe secrets."}}},
             {.heading = "FILES",
              .text = {},
              .entries =
                  {{"/etc/innergate/innergate.conf", "the settings."},
                   {"/run/innergate/internal.sock, /run/innergate/public.sock",
                    "where systemd listens for the pools."}}},
             {.heading = "SEE ALSO",
              .text = "innergate-admin(1), innergate.conf(5), /usr/share/doc/innergate/",
              .entries = {}}},
    };
    return program;
}

const Program& admin_manual() {
    static const Program program{
        .name = "innergate-admin",
        .section = 1,
        .summary = "operator's tool of innergate",
        .parts =
            {{.heading = "EXIT STATUS",
              .text = {},
              .entries =
                  {{"0", "done."},
                   {"1",
                    "refused or failed, with a sentence on standard error; nothing was changed."},
                   {"2", "wrong usage."}}},
             {.heading = "FILES",
              .text = {},
              .entries =
                  {{"/etc/innergate/innergate.conf", "the settings."},
                   {"/etc/innergate/post-receive.d",
                    "executables that innergate-admin jobs run calls after pushes."},
                   {"/var/lib/innergate", "the database, where it is SQLite's."}}},
             {.heading = "SEE ALSO",
              .text = "innergate-pool(8), innergate.conf(5), /usr/share/doc/innergate/",
              .entries = {}}},
    };
    return program;
}

}  // namespace innergate::manual
