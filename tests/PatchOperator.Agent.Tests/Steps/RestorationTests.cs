using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Packages.Apt;

namespace PatchOperator.Agent.Tests.Steps;

public class RestorationTests
{
    public static TheoryData<string, string, string, string?, string> Cases => new()
    {
        // what: before, after, now where it is another, what separates the host from before
        { "an upgrade", "app=1", "app=2", null, "app 1" },
        { "an upgrade that is undone", "app=1", "app=2", "app=1", "" },
        { "a new package", "app=1", "app=2 lib=1", null, "app 1, lib 1 away" },
        { "a new package that is gone by now", "app=1", "app=2 lib=1", "app=2", "app 1" },
        { "a package that another has taken the place of", "old=1", "new=2", null, "old 1, new 2 away" },
        { "one that was not whole stays what it has become", "app=1!", "app=2", null, "" },
        { "one that is not whole any more", "app=1", "app=1!", null, "app 1" },
        { "one that is not whole after its upgrade", "app=1", "app=2!", null, "app 1" },
        { "a kernel beside others", "kernel=1 kernel=2", "kernel=1 kernel=2 kernel=3", null, "kernel 3 away" },
        { "a kernel that another had to make room for", "kernel=0 kernel=1 kernel=2", "kernel=1 kernel=2 kernel=3", null, "kernel 3 away" },
        { "one that was left there twice", "app=1", "app=1! app=2", null, "app 1" },
        { "what others have changed since", "app=1 mine=1", "app=2 mine=1", "app=2 mine=2 more=1", "app 1" },
        { "what others have changed meanwhile", "app=1 other=1", "app=2 other=2 others=1", null, "app 1" },
        { "an upgrade that somebody has upgraded further since", "app=1", "app=2", "app=3", "" },
        { "one that somebody has removed since", "app=1", "app=2", "", "" },
        { "one that was removed by the operation", "app=1", "", null, "app 1" },
        { "one that a rollback before was torn from", "app=1", "app=2", "app=1!", "app 1" },
        { "nothing", "app=1", "app=1", null, "" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void What_is_to_come_back_is_what_the_operation_has_changed(string what, string before, string after, string? now, string left)
    {
        HashSet<string> names = ["app", "lib", "old", "new", "kernel"];

        var restoration = Restoration.Of(Read(before), Read(after), Read(now ?? after), names);

        Assert.True(left == restoration.ToString(), $"{what}: {restoration}");
    }

    [Fact]
    public void What_somebody_else_has_changed_since_is_named() =>
        Assert.Equal(["app"], Restoration.Of(Read("app=1 lib=1"), Read("app=2 lib=2"), Read("app=3 lib=2"), new HashSet<string> { "app", "lib" }).ChangedSince);

    [Fact]
    public void What_is_of_the_kernel_that_runs_stays_and_is_named()
    {
        var gone = Restoration.Of([], Read("kernel=2 lib=1"), Read("kernel=2 lib=1"), new HashSet<string> { "kernel", "lib" });

        var without = gone.Without([.. gone.Gone.Where(package => package.Name == "kernel")]);

        Assert.Equal("lib 1 away, kernel 2 away, which is of the kernel that runs", without.ToString());
        Assert.Equal(["lib"], without.Gone.Select(package => package.Name));
    }

    [Theory]
    [InlineData("6.1.0-31-amd64", "linux-image-6.1.0-31-amd64", true)]
    [InlineData("6.1.0-31-amd64", "linux-headers-6.1.0-31-common", true)]
    [InlineData("6.1.0-31-cloud-amd64", "linux-image-6.1.0-31-cloud-amd64-unsigned", true)]
    [InlineData("5.15.0-92-generic", "linux-headers-5.15.0-92", true)]
    [InlineData("5.15.0-92-generic", "linux-modules-extra-5.15.0-92-generic", true)]
    [InlineData("6.1.0-31-amd64", "linux-image-6.1.0-310-amd64", false)]
    [InlineData("6.1.0-31-amd64", "linux-image-6.1.0-32-amd64", false)]
    [InlineData("6.1.0-31-amd64", "linux-image-amd64", false)]
    [InlineData("6.1.0-31-amd64", "openssl", false)]
    public void A_part_of_a_kernel_has_its_version_in_its_name(string release, string package, bool isOf) =>
        Assert.Equal(isOf, KernelImage.IsOf(release, package));

    /// <summary>Of words such as <c>app=1</c>, with an exclamation mark behind what is not whole.</summary>
    private static List<InstalledPackage> Read(string packages) =>
    [
        .. packages.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('='))
            .Select(words => new InstalledPackage(
                words[0], words[1].TrimEnd('!'), words[1].EndsWith('!') ? "half-configured" : InstalledPackage.Whole, Held: false, Automatic: false, SizeKiB: 1)),
    ];
}
