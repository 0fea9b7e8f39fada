using PatchOperator.Agent.Packages.Rpm;

namespace PatchOperator.Agent.Tests.Rpm;

public class RpmKernelsTests
{
    private const string Red = "kernel-core\t0\t5.14.0\t427.13.1.el9_4\t/lib/modules/5.14.0-427.13.1.el9_4.x86_64/vmlinuz\n";
    private const string NewerRed = "kernel-core\t0\t5.14.0\t503.11.1.el9_5\t/lib/modules/5.14.0-503.11.1.el9_5.x86_64/vmlinuz\n";
    private const string Suse = "kernel-default\t0\t6.4.0\t150600.23.7.3\t/boot/vmlinuz-6.4.0-150600.23.7-default\n";
    private const string NewerSuse = "kernel-default\t0\t6.4.0\t150600.23.17.1\t/boot/vmlinuz-6.4.0-150600.23.17-default\n";
    private const string RealTime = "kernel-rt\t0\t6.4.0\t150600.10.5.1\t/usr/lib/modules/6.4.0-150600.10.5-rt/vmlinuz\n";

    [Theory]
    [InlineData("the newest runs", "5.14.0-503.11.1.el9_5.x86_64", null, Red + NewerRed)]
    [InlineData("a newer one waits", "5.14.0-427.13.1.el9_4.x86_64", "kernel 5.14.0-503.11.1.el9_5.x86_64 is installed, 5.14.0-427.13.1.el9_4.x86_64 is running", NewerRed + Red)]
    [InlineData("SUSE's package has more in its release than the kernel", "6.4.0-150600.23.7-default",
        "kernel 6.4.0-150600.23.17-default is installed, 6.4.0-150600.23.7-default is running", Suse + NewerSuse)]
    [InlineData("another flavour does not count", "6.4.0-150600.23.17-default", null, NewerSuse + RealTime)]
    [InlineData("its package is gone", "5.14.0-427.13.1.el9_4.x86_64",
        "kernel 5.14.0-503.11.1.el9_5.x86_64 is installed, 5.14.0-427.13.1.el9_4.x86_64 is running and its package is gone", NewerRed)]
    [InlineData("no kernel, nothing to say", "5.14.0-427.13.1.el9_4.x86_64", null, "no package provides kernel\n")]
    public void Compares_the_running_kernel_with_the_installed(string story, string running, string? because, string files)
    {
        _ = story;

        Assert.Equal((because, (string?)null), (RpmKernels.Examine(running, files).Because, RpmKernels.Examine(running, files).Doubt));
    }

    [Fact]
    public void A_kernel_that_no_package_explains_is_neither_yes_nor_no() => Assert.Equal(
        "kernel 6.9.1 is running, which no package has brought; installed: 6.4.0-150600.23.7-default, 6.4.0-150600.10.5-rt", RpmKernels.Examine("6.9.1", Suse + RealTime).Doubt);
}
