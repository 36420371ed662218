#include "plan/manifest/own_folders.h"

#include "base/file.h"
#include "base/mem.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of folders, which the process is in while a test runs. */
struct place {
    char *before; /* where the process was */
    char path[64];
};

static void enter(struct place *place)
{
    strcpy(place->path, "/tmp/test-own-folders-XXXXXX");
    assert_non_null(mkdtemp(place->path));
    place->before = getcwd(NULL, 0);
    assert_int_equal(chdir(place->path), 0);
}

static void leave(struct place *place)
{
    char *command = mem_format("rm -rf '%s'", place->path);

    assert_int_equal(chdir(place->before), 0);
    assert_int_equal(system(command), 0);
    free(command);
    free(place->before);
}

/* Makes the folder, whose parent is there, and its backend.json. */
static void make(const char *folder, const char *manifest)
{
    char *file = file_join(folder, "backend.json");

    assert_true(mkdir(folder, 0777) == 0 || access(folder, F_OK) == 0);
    FILE *out = fopen(file, "w");
    assert_non_null(out);
    fputs(manifest, out);
    fclose(out);
    free(file);
}

#define PLAIN        "{\"schema\": 1, \"run\": [\"./server\"]}"
#define CALLED(name) "{\"schema\": 1, \"name\": \"" name "\", \"run\": [\"./server\"]}"
#define PATHS(...)   ((char *[]){__VA_ARGS__, NULL})
#define NAMES(...)   ((const char *const[]){__VA_ARGS__, NULL})

/* Reads the folders and holds their names against those wanted. */
static void names_are(char *const *paths, const struct manifest *taken, size_t taken_count, const char *const *wanted)
{
    struct manifest *manifests = NULL;
    struct error err = {0};
    size_t count = 0, wanted_count = 0;

    while (wanted[wanted_count] != NULL) {
        wanted_count++;
    }
    if (own_folders_read(paths, taken, taken_count, &manifests, &count, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(count, wanted_count);
    for (size_t i = 0; i < wanted_count; i++) {
        assert_string_equal(manifests[i].name, wanted[i]);
        assert_true(manifests[i].own);
        manifest_release(&manifests[i]);
    }
    free(manifests);
}

static void refuse(char *const *paths, const char *message)
{
    struct manifest *manifests = NULL;
    struct error err = {0};
    size_t count = 77;

    assert_int_equal(own_folders_read(paths, NULL, 0, &manifests, &count, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, message));
    assert_null(manifests);
    assert_int_equal(count, 77);
}

TEST(a_word_with_a_slash_is_a_path)
{
    assert_true(own_folders_is_path("./go"));
    assert_true(own_folders_is_path("/srv/shop"));
    assert_true(own_folders_is_path("shop/"));
    assert_true(own_folders_is_path("."));
    assert_true(own_folders_is_path(".."));
    assert_false(own_folders_is_path("go"));
    assert_false(own_folders_is_path("..."));
}

TEST(a_service_is_called_as_it_says_or_as_its_folder)
{
    struct place place;

    enter(&place);
    make("shop", PLAIN);
    make("My Service (2)", PLAIN);
    make("build-1742", CALLED("cart"));
    make("--", PLAIN);
    names_are(PATHS("./shop/", "./My Service (2)", "./build-1742", "./--"), NULL, 0,
              NAMES("shop", "my-service-2", "cart", "service"));
    leave(&place);
}

TEST(the_folder_one_is_in_has_the_name_that_it_has_elsewhere)
{
    struct place place;

    enter(&place);
    make("shop", PLAIN);
    assert_int_equal(chdir("shop"), 0);
    names_are(PATHS("."), NULL, 0, NAMES("shop"));
    names_are(PATHS("../shop"), NULL, 0, NAMES("shop"));
    leave(&place);
}

TEST(two_checkouts_of_one_service_are_called_as_their_folders)
{
    struct place place;

    enter(&place);
    make("shop-main", CALLED("shop"));
    make("shop-next", CALLED("shop"));
    make("cart", CALLED("cart"));
    names_are(PATHS("./shop-main", "./cart", "./shop-next"), NULL, 0, NAMES("shop-main", "cart", "shop-next"));
    leave(&place);
}

TEST(folders_of_one_name_are_told_apart_by_their_parents)
{
    struct place place;

    enter(&place);
    assert_int_equal(mkdir("main", 0777) + mkdir("next", 0777) + mkdir("old", 0777) + mkdir("old/next", 0777), 0);
    make("main/shop", CALLED("shop"));
    make("next/shop", PLAIN);
    make("old/next/shop", PLAIN);
    names_are(PATHS("./main/shop", "./next/shop"), NULL, 0, NAMES("main-shop", "next-shop"));
    char *grandparent = mem_format("%s-next-shop", strrchr(place.path, '/') + 1);
    for (char *at = grandparent; *at != '\0'; at++) {
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    }
    names_are(PATHS("./next/shop", "./old/next/shop"), NULL, 0, NAMES(grandparent, "old-next-shop"));
    free(grandparent);
    leave(&place);
}

TEST(a_name_that_is_taken_is_left_to_whom_it_belongs)
{
    const struct manifest taken[] = {{.name = (char *)"go"}, {.name = (char *)"rust"}};
    struct place place;

    enter(&place);
    assert_int_equal(mkdir("mine", 0777), 0);
    make("mine/go", PLAIN);
    make("mine/x", CALLED("rust"));
    names_are(PATHS("./mine/go", "./mine/x"), taken, 2, NAMES("mine-go", "x"));
    leave(&place);
}

TEST(a_link_keeps_its_own_name)
{
    struct place place;

    enter(&place);
    make("shop", PLAIN);
    assert_int_equal(symlink("shop", "kiosk"), 0);
    names_are(PATHS("./kiosk", "./shop"), NULL, 0, NAMES("kiosk", "shop"));
    leave(&place);
}

TEST(a_wrong_backend_json_stands_beside_the_others_with_its_reason)
{
    struct manifest *manifests;
    struct place place;
    size_t count;

    enter(&place);
    make("good", PLAIN);
    make("bad", "{\"schema\": 1, \"runs\": []}");
    assert_int_equal(own_folders_read(PATHS("./bad", "./good"), NULL, 0, &manifests, &count, NULL), 0);
    assert_int_equal(count, 2);
    assert_string_equal(manifests[0].name, "bad");
    assert_string_equal(manifests[0].wrong,
                        "./bad/backend.json:1: runs: unknown key; the nearest known key is \"run\"");
    assert_null(manifests[1].wrong);
    manifest_release(&manifests[0]);
    manifest_release(&manifests[1]);
    free(manifests);
    leave(&place);
}

TEST(what_is_no_folder_of_a_service_is_refused)
{
    struct place place;

    enter(&place);
    make("shop", PLAIN);
    assert_int_equal(mkdir("empty", 0777), 0);
    refuse(PATHS("./nowhere"), "./nowhere: no folder of a service: No such file or directory");
    refuse(PATHS("./shop/backend.json"), "./shop/backend.json: expected the folder of a service, found a file");
    refuse(PATHS("./empty"), "./empty: there is no backend.json in it");
    refuse(PATHS("./shop", "shop/"), "is it given twice?");
    leave(&place);
}
