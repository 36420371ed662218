/* own_folders: services whose folders were named by their paths, wherever they lie: each read, and given a name that no
 * other service of the run has.
 *
 * A service is called as the "name" in its backend.json says, or else as its folder. Where two would be called alike,
 * as two checkouts of one service are, each of them is called as its folder; where their folders are called alike, by
 * the parent folder and the folder, "main-shop" and "next-shop", and so on upwards. Names have only a-z, 0-9 and "-":
 * other characters of a folder's name become "-". */
#ifndef TWOFOLD_PLAN_MANIFEST_OWN_FOLDERS_H
#define TWOFOLD_PLAN_MANIFEST_OWN_FOLDERS_H

#include "base/error.h"
#include "plan/manifest/manifest.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the word names a folder by its path: it contains a slash, or is "." or "..". */
bool own_folders_is_path(const char *word);

/* Reads the folders at the NULL-terminated `paths`, in their order. `taken` are services whose names are no longer
 * free. A folder whose backend.json cannot be used is in the list like the others, with the reason in its `wrong`.
 * ERROR_INPUT for a path that leads to no folder, for a folder without a backend.json, and for one that is given twice.
 * The caller releases each manifest and frees the array. */
int own_folders_read(char *const *paths, const struct manifest *taken, size_t taken_count,
                     struct manifest **ret_manifests, size_t *ret_count, struct error *err);

#endif
