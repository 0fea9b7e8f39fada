using PatchOperator.Agent.Reboots;

namespace PatchOperator.Agent.Tests.Reboots;

public class DeletedMapsTests
{
    [Theory]
    [InlineData(
        "7f0c1a000000-7f0c1a100000 r-xp 00028000 fe:00 950317                     /usr/lib/x86_64-linux-gnu/libc.so.6 (deleted)",
        "/usr/lib/x86_64-linux-gnu/libc.so.6")]
    [InlineData("55d000000000-55d000100000 r-xp 00000000 00:2f 12                         /lib/systemd/systemd (deleted)", "/lib/systemd/systemd")]
    [InlineData("7f0c1a000000-7f0c1a100000 r-xp 00028000 fe:00 950317                     /usr/lib/x86_64-linux-gnu/libc.so.6", null)]
    [InlineData("7f0c1a000000-7f0c1a100000 r--p 00028000 fe:00 950317                     /usr/lib/locale/C.utf8/LC_CTYPE (deleted)", null)]
    [InlineData("7f0c1a000000-7f0c1a100000 rwxp 00000000 00:01 1027                       /memfd:doublemapper (deleted)", null)]
    [InlineData("7f0c1a000000-7f0c1a100000 rw-s 00000000 00:01 1                          /dev/zero (deleted)", null)]
    [InlineData("7f0c1a000000-7f0c1a100000 rwxs 00000000 00:01 32769                      /SYSV00000000 (deleted)", null)]
    [InlineData("7ffd00000000-7ffd00002000 r-xp 00000000 00:00 0                          [vdso]", null)]
    [InlineData("", null)]
    public void Only_code_that_is_gone_from_disk_counts(string maps, string? path) => Assert.Equal(path is null ? [] : [path], DeletedMaps.Of(maps));
}
