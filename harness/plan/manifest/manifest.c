#include "plan/manifest/manifest.h"

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "plan/manifest/manifest_making.h"
#include "plan/manifest/manifest_value.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *const manifest_keys[] = {"$schema",     "schema",    "name",    "default", "variant_of",
                                            "language",    "framework", "class",   "why",     "contract",
                                            "ready",       "verify",    "tools",   "build",   "run",
                                            "environment", "artifacts", "runtime", "lock",    "dependencies",
                                            "sources",     "change",    "rebuild", NULL};
static const char *const classes[] = {"production", "tuned", NULL};

/* ---- the whole ---- */

/* In backends/ a service is called as its folder; elsewhere what it is called is own_folders.h's to say. */
static int read_name(struct manifest *manifest, const struct json_at *top, bool own, struct error *err)
{
    const char *slash = strrchr(manifest->folder, '/');
    const char *folder = slash == NULL ? manifest->folder : slash + 1;
    struct json_at name;

    json_find(top, "name", &name);
    if (name.value == NULL) {
        manifest->name = own ? NULL : mem_string(folder);
        return 0;
    }
    if (manifest_value_line(&name, &manifest->name, err) != 0) {
        return -1;
    }
    if (manifest->name[strspn(manifest->name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0') {
        return json_expected(&name, err, "a name of a-z, 0-9 and \"-\"");
    }
    if (!own && strcmp(manifest->name, folder) != 0) {
        return json_expected(&name, err, "\"%s\", the name of the folder", folder);
    }
    return 0;
}

static int read_class(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    struct json_at member;
    int choice;

    json_find(top, "class", &member);
    if (member.value == NULL) {
        return 0;
    }
    if (json_read_choice(&member, classes, &choice, err) != 0) {
        return -1;
    }
    manifest->class = mem_string(classes[choice]);
    return 0;
}

/* A variant is not measured where none is named, unless it says that it is; any other is, unless it says not. */
static int read_default(struct manifest *manifest, const struct json_at *top, bool otherwise, struct error *err)
{
    struct json_at member;

    json_find(top, "default", &member);
    if (member.value != NULL && !json_is_boolean(member.value)) {
        return json_expected(&member, err, "true or false");
    }
    manifest->is_default = member.value == NULL ? otherwise : json_is_true(member.value);
    return 0;
}

/* A later schema is named before its unknown keys are. */
static int check_schema(const struct json_at *top, const char *const *keys, struct error *err)
{
    struct json_at schema;

    if (json_check_object(top, NULL, err) != 0 || json_need(top, "schema", "1", &schema, err) != 0) {
        return -1;
    }
    if (json_integer_value(schema.value) != 1) {
        return json_expected(&schema, err, "1, the only schema that this twofold reads");
    }
    return json_check_object(top, keys, err);
}

/* What is told of the service, and how it is held to what it should do. */
static int read_description(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    char *editor = NULL; /* where an editor finds the schema: for editors */
    int result = manifest_value_find(top, "$schema", manifest_value_line, &editor, err);

    free(editor);
    if (result != 0 || manifest_value_find(top, "language", manifest_value_line, &manifest->language, err) != 0 ||
        manifest_value_find(top, "framework", manifest_value_line, &manifest->framework, err) != 0 ||
        read_class(manifest, top, err) != 0 ||
        manifest_value_find(top, "why", manifest_value_line, &manifest->why, err) != 0 ||
        manifest_value_find_list(top, "contract", manifest_value_word, &manifest->operations, err) != 0 ||
        manifest_value_find(top, "ready", manifest_value_url_path, &manifest->ready, err) != 0) {
        return -1;
    }
    return manifest_making_command(top, "verify", &manifest->verify, err);
}

/* What the file says; what it does not say stays as it is. */
static int read_said(struct manifest *manifest, const struct json_at *top, bool own, struct error *err)
{
    if (check_schema(top, manifest_keys, err) != 0 || read_name(manifest, top, own, err) != 0 ||
        read_description(manifest, top, err) != 0) {
        return -1;
    }
    return manifest_making_read(manifest, top, err);
}

static int read_members(struct manifest *manifest, const struct json_at *top, bool own, struct error *err)
{
    struct json_at run;

    if (read_said(manifest, top, own, err) != 0 || read_default(manifest, top, true, err) != 0 ||
        json_need(top, "run", "[\"bin/server\"]", &run, err) != 0) {
        return -1;
    }
    if (manifest->class == NULL) {
        manifest->class = mem_string(classes[0]);
    }
    if (manifest->ready == NULL) {
        manifest->ready = mem_string(MANIFEST_READY);
    }
    return 0;
}

/* "backends/go/" and "backends/go" are the same folder. */
static char *without_slashes(const char *folder)
{
    size_t length = strlen(folder);

    while (length > 1 && folder[length - 1] == '/') {
        length--;
    }
    return mem_copy(folder, length);
}

static int read_folder(struct manifest *manifest, const char *folder, bool own, struct error *err);

/* ---- variants ---- */

static void inherit_text(char **own, char **from)
{
    if (*own == NULL) {
        *own = *from;
        *from = NULL;
    }
}

static void inherit_list(char ***own, char ***from)
{
    if (*own == NULL) {
        *own = *from;
        *from = NULL;
    }
}

static void inherit_making(struct manifest *variant, struct manifest *base)
{
    if (variant->tools == NULL) {
        variant->tools = base->tools;
        variant->tool_count = base->tool_count;
        base->tools = NULL;
        base->tool_count = 0;
    }
    if (variant->build == NULL) {
        variant->build = base->build;
        variant->build_count = base->build_count;
        base->build = NULL;
        base->build_count = 0;
    }
    inherit_list(&variant->run.argv, &base->run.argv);
    inherit_list(&variant->environment, &base->environment);
    inherit_list(&variant->artifacts, &base->artifacts);
    inherit_list(&variant->runtime.argv, &base->runtime.argv);
    inherit_text(&variant->lock, &base->lock);
    inherit_list(&variant->dependencies.argv, &base->dependencies.argv);
    inherit_text(&variant->rebuild_file, &base->rebuild_file);
    inherit_text(&variant->rebuild_line, &base->rebuild_line);
    inherit_list(&variant->sources, &base->sources);
    inherit_text(&variant->change, &base->change);
}

/* What the variant does not say of itself is as the service has it that it is a variant of. */
static void inherit(struct manifest *variant, struct manifest *base)
{
    inherit_text(&variant->language, &base->language);
    inherit_text(&variant->framework, &base->framework);
    inherit_text(&variant->class, &base->class);
    inherit_text(&variant->why, &base->why);
    inherit_list(&variant->operations, &base->operations);
    inherit_text(&variant->ready, &base->ready);
    inherit_list(&variant->verify.argv, &base->verify.argv);
    inherit_making(variant, base);
    free(variant->folder);
    variant->folder = base->folder;
    base->folder = NULL;
    variant->variant_of = base->name;
    base->name = NULL;
}

/* "lock": null is something that the variant says: it has none, whatever the other has. */
static void drop_lock(struct manifest *variant, const struct json_at *top)
{
    struct json_at lock;

    json_find(top, "lock", &lock);
    if (lock.value != NULL && json_is_null(lock.value)) {
        free(variant->lock);
        variant->lock = NULL;
    }
}

/* Another service of backends/, which is built and run in that one's folder. */
static int read_variant(struct manifest *variant, const struct json_at *top, const struct json_at *of,
                        struct error *err)
{
    struct manifest base = {0};
    char *name = NULL;
    const char *slash = strrchr(variant->folder, '/');

    if (read_said(variant, top, false, err) != 0 || read_default(variant, top, false, err) != 0 ||
        manifest_value_line(of, &name, err) != 0) {
        free(name);
        return -1;
    }
    char *beside = mem_copy(variant->folder, slash == NULL ? 0 : (size_t)(slash + 1 - variant->folder));
    char *folder = mem_format("%s%s", beside, name);
    int result = strchr(name, '/') != NULL || strcmp(name, variant->name) == 0
                     ? json_expected(of, err, "the name of another service in the same folder")
                     : read_folder(&base, folder, false, err);
    if (result == 0 && base.variant_of != NULL) {
        result = json_expected(of, err, "a service that is no variant itself");
    }
    if (result == 0) {
        inherit(variant, &base);
        drop_lock(variant, top);
    }
    manifest_release(&base);
    free(folder);
    free(beside);
    free(name);
    return result;
}

static int read_top(struct manifest *manifest, const struct json_at *top, bool own, struct error *err)
{
    struct json_at of = {0};

    if (json_is_object(top->value)) {
        json_find(top, "variant_of", &of);
    }
    if (of.value == NULL) {
        return read_members(manifest, top, own, err);
    }
    return own ? json_expected(&of, err, "no \"variant_of\" in a folder outside of backends/")
               : read_variant(manifest, top, &of, err);
}

static int read_folder(struct manifest *manifest, const char *folder, bool own, struct error *err)
{
    struct manifest read = {.folder = without_slashes(folder), .own = own};
    struct json_source source = {0};
    char *file = file_join(read.folder, "backend.json");
    int result = json_source_read(&source, file, err);

    if (result == 0) {
        struct json_at top = json_top(&source);
        result = read_top(&read, &top, own, err);
        json_source_release(&source);
    }
    if (result == 0) {
        *manifest = read;
    } else {
        manifest_release(&read);
    }
    free(file);
    return result;
}

int manifest_read(struct manifest *manifest, const char *folder, struct error *err)
{
    return read_folder(manifest, folder, false, err);
}

int manifest_read_own(struct manifest *manifest, const char *folder, struct error *err)
{
    return read_folder(manifest, folder, true, err);
}

void manifest_release(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->tool_count; i++) {
        free(manifest->tools[i].name);
        free(manifest->tools[i].least);
        file_list_free(manifest->tools[i].version.argv);
    }
    for (size_t i = 0; i < manifest->build_count; i++) {
        file_list_free(manifest->build[i].argv);
    }
    file_list_free(manifest->run.argv);
    file_list_free(manifest->verify.argv);
    file_list_free(manifest->runtime.argv);
    file_list_free(manifest->dependencies.argv);
    file_list_free(manifest->operations);
    file_list_free(manifest->environment);
    file_list_free(manifest->artifacts);
    file_list_free(manifest->sources);
    attachment_free(manifest->attached);
    free(manifest->tools);
    free(manifest->build);
    free(manifest->wrong);
    free(manifest->ready);
    free(manifest->lock);
    free(manifest->change);
    free(manifest->rebuild_file);
    free(manifest->rebuild_line);
    free(manifest->variant_of);
    free(manifest->why);
    free(manifest->class);
    free(manifest->framework);
    free(manifest->language);
    free(manifest->name);
    free(manifest->folder);
    *manifest = (struct manifest){0};
}
