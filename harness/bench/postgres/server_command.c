#include "bench/postgres/server_command.h"

#include "base/file.h"
#include "base/mem.h"
#include "host/process/child.h"

#include <stdlib.h>
#include <unistd.h>

static char *program_in(const char *folder, const char *name)
{
    char *path = mem_format("%s/bin/%s", folder, name);

    if (access(path, X_OK) == 0) {
        return path;
    }
    free(path);
    return NULL;
}

/* Debian keeps the programs of each version in a folder of its own, which is not on PATH. */
char *server_command_find(const char *name)
{
    static const char versions[] = "/usr/lib/postgresql";
    char **names, *found = NULL;
    int highest = -1;

    if (file_list(versions, &names, NULL) != 0) {
        return child_find_program(name);
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        char *folder = file_join(versions, names[i]);
        char *path = program_in(folder, name);
        if (path != NULL && atoi(names[i]) > highest) {
            free(found);
            found = path;
            highest = atoi(names[i]);
        } else {
            free(path);
        }
        free(folder);
    }
    file_list_free(names);
    if (found == NULL) {
        found = child_find_program(name);
    }
    return found;
}

const struct passwd *server_command_user(void)
{
    if (geteuid() != 0) {
        return NULL;
    }
    const struct passwd *user = getpwnam("postgres");
    if (user == NULL) {
        user = getpwnam("nobody");
    }
    return user;
}

static void add(struct server_command *command, const char *word)
{
    command->argv[command->count++] = word;
    command->argv[command->count] = NULL;
}

void server_command_init(struct server_command *command, const char *program, const char *const *words)
{
    const struct passwd *user = server_command_user();

    *command = (struct server_command){0};
    if (user != NULL) {
        command->user = mem_format("--reuid=%u", (unsigned)user->pw_uid);
        command->group = mem_format("--regid=%u", (unsigned)user->pw_gid);
        add(command, "setpriv");
        add(command, command->user);
        add(command, command->group);
        add(command, "--clear-groups");
    }
    add(command, program);
    for (; *words != NULL; words++) {
        add(command, *words);
    }
}

void server_command_release(struct server_command *command)
{
    free(command->user);
    free(command->group);
}
