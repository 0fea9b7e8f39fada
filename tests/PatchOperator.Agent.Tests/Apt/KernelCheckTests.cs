using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Tests.Apt;

public class KernelCheckTests
{
    private const string DebianBuild = "#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)";

    [Theory]
    [InlineData("the newest runs", "6.1.0-18-amd64", null, "linux-image-6.1.0-17-amd64", "linux-image-6.1.0-18-amd64", "linux-image-amd64")]
    [InlineData(
        "a newer one waits", "6.1.0-9-amd64", "kernel 6.1.0-18-amd64 is installed, 6.1.0-9-amd64 is running", "linux-image-6.1.0-9-amd64",
        "linux-image-6.1.0-18-amd64")]
    [InlineData("another flavour does not count", "6.1.0-17-cloud-amd64", null, "linux-image-6.1.0-17-cloud-amd64", "linux-image-6.1.0-18-amd64")]
    [InlineData("debug symbols do not count", "6.1.0-17-amd64", null, "linux-image-6.1.0-17-amd64", "linux-image-6.1.0-18-amd64-dbg")]
    [InlineData(
        "its package is gone",
        "6.1.0-17-amd64",
        "kernel 6.1.0-18-amd64 is installed, 6.1.0-17-amd64 is running and its package is gone",
        "linux-image-6.1.0-18-amd64")]
    [InlineData(
        "a newer one was removed",
        "6.1.0-18-amd64",
        "kernel 6.1.0-17-amd64 is installed, 6.1.0-18-amd64 is running and its package is gone",
        "linux-image-6.1.0-17-amd64")]
    [InlineData("no kernel, nothing to say", "6.1.0-18-amd64", null)]
    [InlineData(
        "Debian 13", "6.12.41+deb13-amd64", "kernel 6.12.43+deb13-amd64 is installed, 6.12.41+deb13-amd64 is running", "linux-image-6.12.41+deb13-amd64",
        "linux-image-6.12.43+deb13-amd64")]
    [InlineData(
        "Ubuntu", "5.15.0-101-generic", "kernel 5.15.0-113-generic is installed, 5.15.0-101-generic is running", "linux-image-5.15.0-101-generic",
        "linux-image-unsigned-5.15.0-113-generic")]
    public void Compares_the_running_kernel_with_the_installed(string story, string running, string? because, params string[] packages)
    {
        _ = story;
        Assert.Equal(because, KernelCheck.Examine(running, "#1 SMP", [.. packages.Select(name => Package(name, "6.1.76-1"))], DebianVersions.Order).Because);
    }

    [Theory]
    [InlineData("6.1.76-1", null)]
    [InlineData("6.1.85-1", "kernel 6.1.0-18-amd64 is installed in version 6.1.85-1, version 6.1.76-1 is running")]
    public void A_rebuilt_kernel_of_the_same_name_counts(string installed, string? because) =>
        Assert.Equal(
            because, KernelCheck.Examine("6.1.0-18-amd64", DebianBuild, [Package("linux-image-6.1.0-18-amd64", installed)], DebianVersions.Order).Because);

    [Theory]
    [InlineData("a flavour of which nothing is installed", "6.1.0-17-amd64", "linux-image-6.1.0-18-cloud-amd64")]
    [InlineData("a kernel of somebody's own", "6.9.1", "linux-image-6.1.0-18-amd64")]
    public void A_kernel_that_no_package_explains_is_neither_yes_nor_no(string story, string running, string package)
    {
        _ = story;
        var finding = KernelCheck.Examine(running, "#1 SMP", [Package(package, "6.1.76-1")], DebianVersions.Order);

        Assert.Null(finding.Because);
        Assert.Equal($"kernel {running} is running, which no package has brought; installed: {package}", finding.Doubt);
    }

    [Fact]
    public void Where_no_kernel_is_installed_there_is_no_doubt() =>
        Assert.Equal(RebootFinding.No, KernelCheck.Examine("6.1.0-18-amd64", DebianBuild, [Package("openssl", "3.0")], DebianVersions.Order));

    private static InstalledPackage Package(string name, string version) => new(name, version, "installed", Held: false, Automatic: false, 0);
}
