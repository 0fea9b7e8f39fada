using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Apt;

public class AptCommandsTests
{
    [Fact]
    public void An_installation_never_asks_never_removes_and_keeps_configuration_files() => Assert.Equal(
        "apt-get -q -o APT::Color=0 -o Dpkg::Use-Pty=0 -o Dpkg::Progress-Fancy=0 --assume-yes --no-remove -o Dpkg::Options::=--force-confdef "
        + "-o Dpkg::Options::=--force-confold -o APT::Get::AutomaticRemove=false -o APT::Keep-Downloaded-Packages=false -o DPkg::Lock::Timeout=90 "
        + "--only-upgrade install -- openssl=3.0.17-1~deb12u2 libc6:i386=2.36-9",
        AptCommands.Install([new ApprovedUpdate("openssl", "3.0.17-1~deb12u2"), new ApprovedUpdate("libc6:i386", "2.36-9")], TimeSpan.FromSeconds(90.9)).ToString());

    [Theory]
    [InlineData("openssl", true)]
    [InlineData("libc6:i386", true)]
    [InlineData("g++", true)]
    [InlineData("Vendor_Tool.x", true)]
    [InlineData("-o=evil", false)]
    [InlineData("--download-only", false)]
    [InlineData("a b", false)]
    [InlineData("a=1", false)]
    [InlineData("a^", false)]
    [InlineData("a*", false)]
    [InlineData("./a.deb", false)]
    [InlineData("/tmp/a.deb", false)]
    [InlineData("a/stable", false)]
    [InlineData("$(id)", false)]
    [InlineData("a\n", false)]
    [InlineData("a:", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_names_of_packages_become_arguments(string? name, bool valid) => Assert.Equal(valid, PackageNames.IsName(name));

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("2:1.0~rc1-1+deb12u1", true)]
    [InlineData("20230101", true)]
    [InlineData("1.0-", false)]
    [InlineData("a", false)]
    [InlineData("-1", false)]
    [InlineData("1.0 ", false)]
    [InlineData("1.0*", false)]
    [InlineData("1.0\n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_versions_become_arguments(string? version, bool valid) => Assert.Equal(valid, PackageNames.IsVersion(version));
}
