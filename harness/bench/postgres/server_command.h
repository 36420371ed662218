/* server_command: the command line of one of PostgreSQL's programs. PostgreSQL refuses to run as root, so where this
 * process is root the program runs as another user. */
#ifndef TWOFOLD_BENCH_POSTGRES_SERVER_COMMAND_H
#define TWOFOLD_BENCH_POSTGRES_SERVER_COMMAND_H

#include <pwd.h>
#include <stddef.h>

struct server_command {
    char *user, *group;
    const char *argv[48]; /* NULL-terminated */
    size_t count;
};

/* The user that the program runs as: "postgres" or else "nobody"; NULL where this process is not root, and where
 * neither exists. Valid until the next call of getpwnam. */
const struct passwd *server_command_user(void);

/* The path of PostgreSQL's program `name`, of the newest version that is installed, on the heap; NULL when there is
 * none. */
char *server_command_find(const char *name);

/* The command line of `program` with the NULL-terminated `words` after it, which are borrowed until it is released. */
void server_command_init(struct server_command *command, const char *program, const char *const *words);
void server_command_release(struct server_command *command);

#endif
