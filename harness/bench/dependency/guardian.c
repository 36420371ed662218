#include "bench/dependency/guardian.h"

#include "host/process/launch.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Reads until the harness is gone or has closed its end of the pipe. Then it ends what is left of the server, removes
 * the bit of shared memory that a killed server leaves, and removes the folder, to which the server's last processes
 * may still write. */
static const char guardian_script[] =
    "read _; pid=$(sed -n 1p \"$1/data/postmaster.pid\" 2>/dev/null); set -- \"$1\" $(sed -n 7p "
    "\"$1/data/postmaster.pid\" "
    "2>/dev/null)\n"
    "[ -z \"$pid\" ] || kill -s QUIT \"$pid\"\n"
    "i=0; while [ -n \"$pid\" ] && kill -s 0 \"$pid\" && [ $i -lt 30 ]; do sleep 0.1; i=$((i + 1)); done\n"
    "[ -z \"$3\" ] || ipcrm -m \"$3\"\n"
    "i=0; while [ -e \"$1\" ] && [ $i -lt 30 ]; do rm -rf -- \"$1\"; sleep 0.1; i=$((i + 1)); done";

int guardian_start(struct guardian *guardian, const char *folder, struct error *err)
{
    char *argv[] = {"sh", "-c", (char *)guardian_script, "twofold-guardian", (char *)folder, NULL};
    struct launch launch = {.path = "/bin/sh", .argv = argv, .environment = environ, .output = -1, .report = -1};
    int ends[2];

    if (launch_pipe(ends) != 0) {
        return error_failed(err, "no pipe for the database's guardian: %s", strerror(errno));
    }
    launch.input = ends[0];
    pid_t pid = launch_fork(&launch);
    int cause = errno;
    close(ends[0]);
    if (pid < 0) {
        close(ends[1]);
        return error_failed(err, "no process for the database's guardian: %s", strerror(cause));
    }
    *guardian = (struct guardian){.pid = pid, .pipe = ends[1]};
    return 0;
}

void guardian_finish(struct guardian *guardian)
{
    close(guardian->pipe);
    while (waitpid(guardian->pid, NULL, 0) < 0 && errno == EINTR) {
    }
}
