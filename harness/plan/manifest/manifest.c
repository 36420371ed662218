#include "plan/manifest/manifest.h"

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "plan/manifest/manifest_making.h"
#include "plan/manifest/manifest_value.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *const manifest_keys[] = {"$schema",   "schema",  "name",  "variant_of",   "language",
                                            "framework", "class",   "why",   "contract",     "ready",
                                            "verify",    "tools",   "build", "run",          "environment",
                                            "artifacts", "runtime", "lock",  "dependencies", "sources",
                                            "change",    "rebuild", NULL};

/* Of a variant: all else is as that service has it. */
static const char *const variant_keys[] = {"$schema", "schema", "name",        "variant_of",
                                           "class",   "why",    "environment", NULL};
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
    int choice = 0;

    json_find(top, "class", &member);
    if (member.value != NULL && json_read_choice(&member, classes, &choice, err) != 0) {
        return -1;
    }
    manifest->class = mem_string(classes[choice]);
    return 0;
}

static int read_ready(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    if (manifest_value_find(top, "ready", manifest_value_url_path, &manifest->ready, err) != 0) {
        return -1;
    }
    if (manifest->ready == NULL) {
        manifest->ready = mem_string(MANIFEST_READY);
    }
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
        read_ready(manifest, top, err) != 0) {
        return -1;
    }
    return manifest_making_command(top, "verify", &manifest->verify, err);
}

static int read_members(struct manifest *manifest, const struct json_at *top, bool own, struct error *err)
{
    if (check_schema(top, manifest_keys, err) != 0 || read_name(manifest, top, own, err) != 0 ||
        read_description(manifest, top, err) != 0) {
        return -1;
    }
    return manifest_making_read(manifest, top, err);
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

static void replace(char **text, char **with)
{
    if (*with != NULL) {
        free(*text);
        *text = *with;
        *with = NULL;
    }
}

/* What the variant says of itself, over what it is a variant of. */
static int read_differences(struct manifest *variant, const struct json_at *top, struct manifest *base,
                            struct error *err)
{
    struct json_at class;

    json_find(top, "class", &class);
    if (manifest_value_find(top, "why", manifest_value_line, &variant->why, err) != 0 ||
        (class.value != NULL && read_class(variant, top, err) != 0) ||
        manifest_value_find_list(top, "environment", manifest_value_variable, &variant->environment, err) != 0) {
        return -1;
    }
    replace(&base->why, &variant->why);
    replace(&base->class, &variant->class);
    if (variant->environment != NULL) {
        file_list_free(base->environment);
        base->environment = variant->environment;
        variant->environment = NULL;
    }
    base->variant_of = base->name;
    base->name = variant->name;
    variant->name = NULL;
    return 0;
}

/* Another service of backends/, which is built and run in its own folder, with other settings. */
static int read_variant(struct manifest *variant, const struct json_at *top, const struct json_at *of,
                        struct error *err)
{
    struct manifest base = {0};
    char *name = NULL;
    const char *slash = strrchr(variant->folder, '/');

    if (check_schema(top, variant_keys, err) != 0 || read_name(variant, top, false, err) != 0 ||
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
        result = read_differences(variant, top, &base, err);
    }
    if (result == 0) {
        manifest_release(variant);
        *variant = base;
    } else {
        manifest_release(&base);
    }
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
