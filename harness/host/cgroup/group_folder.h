/* group_folder: the folder of one control group of our own: made and locked, its files written, its processes killed,
 * and removed with the groups inside it. */
#ifndef TWOFOLD_HOST_CGROUP_GROUP_FOLDER_H
#define TWOFOLD_HOST_CGROUP_GROUP_FOLDER_H

#include <stdbool.h>

/* What the names of all of them begin with. */
#define GROUP_FOLDER_PREFIX "twofold-service-"

/* Makes the folder `parent`/NAME, of a name that no other has, and locks it until the file descriptor *ret_lock is
 * closed or this process dies. Returns its path on the heap; NULL with errno. */
char *group_folder_make(const char *parent, int *ret_lock);

/* Writes the file in it. Returns -1 with errno. */
int group_folder_write(const char *folder, const char *file, const char *text);

/* Sends SIGKILL to each process in it and in the groups inside it. Returns whether there was any. */
bool group_folder_kill(const char *folder);

/* Kills until nothing is left in it and removes it, within 2 s. Returns whether it is gone. */
bool group_folder_remove(const char *folder);

/* Removes those in `parent` that nobody has locked. */
void group_folder_clean(const char *parent);

#endif
