using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>A host of its own for one test: a real Debian root file system with two real archives inside, one of them a security archive.</summary>
internal class TestHost : RealHost
{
    public TestHost(BaseSystem? system = null)
        : base(system ?? BaseSystem.Debian)
    {
        Main().Security();
        UseSources("deb [trusted=yes] file:/archive/main ./", "deb [trusted=yes] file:/archive/security ./");
    }

    /// <summary>Puts packages into the main archive.</summary>
    public TestHost Main(params TestPackage[] packages) => Publish("main", "Debian", "Debian", "stable", packages);

    /// <summary>Puts packages into the security archive.</summary>
    public TestHost Security(params TestPackage[] packages) => Publish("security", "Debian", "Debian-Security", "stable-security", packages);

    /// <summary>Puts packages into an archive that no distribution has made, and names it as a source.</summary>
    public TestHost Vendor(params TestPackage[] packages) => Archive("vendor", "Vendor, Inc.", "tools", "any", "", packages);

    /// <summary>Makes an archive, and names it as a source.</summary>
    /// <param name="name">Its folder.</param>
    /// <param name="origin">Origin of its Release file.</param>
    /// <param name="label">Label.</param>
    /// <param name="suite">Suite.</param>
    /// <param name="codename">Codename; none where it is empty.</param>
    /// <param name="packages">What it has.</param>
    public TestHost Archive(string name, string origin, string label, string suite, string codename, params TestPackage[] packages)
    {
        Publish(name, origin, label, suite, packages, codename);
        File.AppendAllText(PathOf("etc/apt/sources.list"), $"deb [trusted=yes] file:/archive/{name} ./\n");
        return this;
    }

    /// <summary>Writes a file of apt's, such as <c>apt.conf.d/99test</c> or <c>preferences.d/test</c>.</summary>
    public TestHost Configure(string file, string text)
    {
        File.WriteAllText(PathOf($"etc/apt/{file}"), text);
        return this;
    }

    /// <summary>Takes a package out of the main archive again.</summary>
    public TestHost Withdraw(TestPackage package)
    {
        File.Delete(PathOf($"archive/main/{package.FileName}"));
        return Main();
    }

    public void UseSources(params string[] lines) => File.WriteAllLines(PathOf("etc/apt/sources.list"), lines);

    /// <summary>As the host's administrator would.</summary>
    public TestHost Install(params string[] packages)
    {
        Run("apt-get", "update");
        Run("apt-get", ["install", "-y", .. packages]);
        return this;
    }

    public string VersionOf(string package) => Run("dpkg-query", "-W", "-f", "${Version}", package);

    private TestHost Publish(string archive, string origin, string label, string suite, TestPackage[] packages, string codename = "")
    {
        var directory = PathOf($"archive/{archive}");
        Directory.CreateDirectory(directory);
        foreach (var package in packages)
            package.BuildIn(directory);
        File.WriteAllText($"{directory}/Packages", Shell.Run("sh", "-c", "cd \"$1\" && apt-ftparchive packages .", "sh", directory));
        File.Delete($"{directory}/Release");
        const string option = "APT::FTPArchive::Release::";
        File.WriteAllText($"{directory}/Release", Shell.Run(
            "apt-ftparchive", "-o", $"{option}Origin={origin}", "-o", $"{option}Label={label}", "-o", $"{option}Suite={suite}",
            "-o", $"{option}Codename={codename}", "release", directory));
        return this;
    }
}
