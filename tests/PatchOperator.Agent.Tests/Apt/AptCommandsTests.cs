using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Apt;

public class AptCommandsTests
{
    [Fact]
    public void An_installation_never_asks_never_removes_unasked_and_keeps_configuration_files()
    {
        IReadOnlyList<ApprovedUpdate> updates = [new("openssl", "3.0.17-1~deb12u2"), new("libc6:i386", "2.36-9")];
        var command = AptCommands.Install(updates, removes: false, TimeSpan.FromSeconds(90.9));

        Assert.Subset(
            command.Arguments.ToHashSet(),
            new HashSet<string> { "--assume-yes", "--no-remove", "APT::Get::AutomaticRemove=false", "Dpkg::Options::=--force-confold", "DPkg::Lock::Timeout=90" });
        Assert.EndsWith(" --only-upgrade install -- openssl=3.0.17-1~deb12u2 libc6:i386=2.36-9", command.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            command.Arguments.Where(argument => argument != "--no-remove"), AptCommands.Install(updates, removes: true, TimeSpan.FromSeconds(90.9)).Arguments);
    }

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
    public void Only_names_of_packages_become_arguments(string? name, bool valid) => Assert.Equal(valid, DebianNames.IsName(name));

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
    public void Only_versions_become_arguments(string? version, bool valid) => Assert.Equal(valid, DebianNames.IsVersion(version));
}
