#include "host/machine/virtualization.h"

#include "base/clock.h"
#include "base/mem.h"
#include "host/process/process.h"
#include "host/system_file.h"

#include <stdlib.h>
#include <string.h>

/* How the makers of virtual machines sign them in the firmware's tables. */
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
            free(line); /* a cloud's real machine, signed like its virtual ones */
            return NULL;
        }
        maker = line != NULL ? maker_of(line) : NULL;
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
    char *answer = NULL;

    bool installed = path != NULL;
    free(path);
    if (!installed || process_run(&options, &result, NULL) != 0) {
        return NULL;
    }
    size_t length = strcspn(result.output, "\n");
    /* It exits with a status other than 0 for "none", too. */
    if (!result.timed_out && length > 0 && length < 32 &&
        strspn(result.output, "abcdefghijklmnopqrstuvwxyz-") == length) {
        answer = mem_copy(result.output, length);
    }
    process_result_release(&result);
    return answer;
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

char *virtualization_find(const char *cpuinfo, const char *root)
{
    char *type = system_file_line(root, "/sys/hypervisor/type");
    if (type != NULL) {
        return type;
    }
    char *flags = cpuinfo != NULL ? system_file_value(cpuinfo, "flags", ':') : NULL; /* x86 only */
    bool flag_known = flags != NULL;
    bool flag = flag_known && has_word(flags, "hypervisor");
    free(flags);
    if (flag_known && !flag) {
        return mem_string("none");
    }
    const char *maker = maker_in_firmware(root);
    if (maker != NULL) {
        return mem_string(maker);
    }
    char *answer = root[0] == '\0' ? ask_systemd() : NULL;
    if (answer != NULL && flag && strcmp(answer, "none") == 0) {
        free(answer);
        answer = NULL;
    }
    return answer != NULL ? answer : mem_string(flag ? "hypervisor" : "unknown");
}
