#include "host/machine/virtualization.h"

#include "base/clock.h"
#include "base/mem.h"
#include "host/process/process.h"
#include "host/system_file.h"

#include <stdlib.h>
#include <string.h>

/* The names that hypervisors leave in the tables of the firmware. */
static const struct {
    const char *signature, *name;
} makers[] = {
    {"KVM", "kvm"},
    {"QEMU", "qemu"},
    {"VMware", "vmware"},
    {"VirtualBox", "virtualbox"},
    {"innotek", "virtualbox"},
    {"Xen", "xen"},
    {"Amazon EC2", "amazon"},
    {"Google Compute Engine", "google"},
    {"Virtual Machine", "microsoft"},
    {"Parallels", "parallels"},
    {"Bochs", "bochs"},
    {"OpenStack", "openstack"},
    {"BHYVE", "bhyve"},
    {"Apple Virtualization", "apple"},
};

static const char *maker_of(const char *text)
{
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        if (strstr(text, makers[i].signature) != NULL) {
            return makers[i].name;
        }
    }
    return NULL;
}

static const char *maker_in_firmware(const char *root)
{
    static const char *const files[] = {"product_name", "sys_vendor", "board_vendor", "bios_vendor", NULL};
    const char *maker = NULL;

    for (size_t i = 0; maker == NULL && files[i] != NULL; i++) {
        char *path = mem_format("/sys/class/dmi/id/%s", files[i]);
        char *line = system_file_line(root, path);
        free(path);
        if (line != NULL && i == 0 && strstr(line, ".metal") != NULL) {
            free(line); /* a real machine of a cloud, with the same names as its virtual ones */
            return NULL;
        }
        if (line != NULL) {
            maker = maker_of(line);
        }
        free(line);
    }
    return maker;
}

static char *ask_systemd(void)
{
    char *argv[] = {"systemd-detect-virt", "--vm", NULL};
    struct process_options options = {.child = {.argv = argv}, .timeout_ns = 5 * CLOCK_SECOND_NS};
    struct process_result result;
    char *path = child_find_program(argv[0]);
    char *found = NULL;

    bool installed = path != NULL;
    free(path);
    if (!installed || process_run(&options, &result, NULL) != 0) {
        return NULL;
    }
    size_t length = strcspn(result.output, "\n");
    /* For "none" as well it exits with a status other than 0. */
    if (!result.timed_out && length > 0 && length < 32 &&
        strspn(result.output, "abcdefghijklmnopqrstuvwxyz-") == length) {
        found = mem_copy(result.output, length);
    }
    process_result_release(&result);
    return found;
}

static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = text; (at = strstr(at, word)) != NULL; at += length) {
        if ((at == text || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

/* The processor's flag "hypervisor", which x86 has. */
enum flag { FLAG_UNKNOWN, FLAG_CLEAR, FLAG_SET };

static enum flag read_flag(const char *cpuinfo)
{
    enum flag flag = FLAG_UNKNOWN;

    if (cpuinfo == NULL) {
        return FLAG_UNKNOWN;
    }
    char *flags = system_file_value(cpuinfo, "flags", ':');
    if (flags != NULL) {
        flag = has_word(flags, "hypervisor") ? FLAG_SET : FLAG_CLEAR;
    }
    free(flags);
    return flag;
}

char *virtualization_find(const char *cpuinfo, const char *root)
{
    char *type = system_file_line(root, "/sys/hypervisor/type");
    if (type != NULL) {
        return type;
    }
    enum flag flag = read_flag(cpuinfo);
    if (flag == FLAG_CLEAR) {
        return mem_string("none");
    }
    const char *maker = maker_in_firmware(root);
    if (maker != NULL) {
        return mem_string(maker);
    }
    if (root[0] == '\0') {
        char *found = ask_systemd();
        if (found != NULL && (flag == FLAG_UNKNOWN || strcmp(found, "none") != 0)) {
            return found;
        }
        free(found);
    }
    return mem_string(flag == FLAG_SET ? "hypervisor" : "unknown");
}
