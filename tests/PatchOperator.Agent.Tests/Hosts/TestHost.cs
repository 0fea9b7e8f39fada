using System.Text.Json;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>A host of its own for one test: a real Debian root file system with two real archives inside, one of them a security archive.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly List<string> mounts = [];

    public TestHost()
    {
        Root = Directory.CreateTempSubdirectory("patch-operator-host-").FullName;
        Shell.Run("cp", "-a", "--reflink=auto", BaseSystem.Path + "/.", Root);
        Init = new InitProcess(Root);
        Main().Security();
        UseSources("deb [trusted=yes] file:/archive/main ./", "deb [trusted=yes] file:/archive/security ./");
    }

    public string Root { get; }

    public InitProcess Init { get; private set; }

    public string PathOf(string path) => Path.Combine(Root, path.TrimStart('/'));

    public string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Puts packages into the main archive.</summary>
    public TestHost Main(params TestPackage[] packages) => Publish("main", "Debian", "Debian", "stable", packages);

    /// <summary>Puts packages into the security archive.</summary>
    public TestHost Security(params TestPackage[] packages) => Publish("security", "Debian", "Debian-Security", "stable-security", packages);

    /// <summary>Puts packages into an archive that no distribution has made, and names it as a source.</summary>
    public TestHost Vendor(params TestPackage[] packages)
    {
        Publish("vendor", "Vendor, Inc.", "tools", "any", packages);
        File.AppendAllText(PathOf("etc/apt/sources.list"), "deb [trusted=yes] file:/archive/vendor ./\n");
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

    /// <summary>Runs a program of the host in the host.</summary>
    public string Run(string program, params string[] arguments) => Shell.Run("chroot", [Root, program, .. arguments]);

    public Command Try(string program, params string[] arguments) => Shell.Try("chroot", [Root, program, .. arguments]);

    public string VersionOf(string package) => Run("dpkg-query", "-W", "-f", "${Version}", package);

    public void MountSmallDisk(string path, string size)
    {
        Directory.CreateDirectory(PathOf(path));
        Shell.Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", PathOf(path));
        mounts.Add(PathOf(path));
    }

    public AgentProcess Start(AgentRequest request) =>
        AgentProcess.Start(JsonSerializer.Serialize(request, ContractJson.Default.AgentRequest), "run", "--host-root", Root, "--init-pid", $"{Init.Id}");

    public async Task<AgentOutcome> RunAsync(AgentRequest request)
    {
        using var agent = Start(request);
        return await agent.WaitAsync();
    }

    public Task<AgentOutcome> ScanAsync() => RunAsync(Request(AgentStep.Scan));

    public Task<AgentOutcome> PatchAsync(params (string Name, string Version)[] updates) => RunAsync(Request(AgentStep.Patch, updates));

    public Task<AgentOutcome> VerifyAsync(params (string Name, string Version)[] updates) => RunAsync(Request(AgentStep.Verify, updates));

    public static AgentRequest Request(AgentStep step, params (string Name, string Version)[] updates) => new()
    {
        Step = step,
        Operation = "run-1-node-1",
        Updates = [.. updates.Select(update => new ApprovedUpdate(update.Name, update.Version))],
        TimeoutSeconds = 300,
    };

    public void Dispose()
    {
        Init.Dispose();
        foreach (var mount in mounts)
            Shell.Run("umount", mount);
        Shell.Run("rm", "-rf", "--one-file-system", Root);
    }

    private TestHost Publish(string archive, string origin, string label, string suite, TestPackage[] packages)
    {
        var directory = PathOf($"archive/{archive}");
        Directory.CreateDirectory(directory);
        foreach (var package in packages)
            package.BuildIn(directory);
        File.WriteAllText($"{directory}/Packages", Shell.Run("sh", "-c", "cd \"$1\" && apt-ftparchive packages .", "sh", directory));
        File.Delete($"{directory}/Release");
        const string option = "APT::FTPArchive::Release::";
        File.WriteAllText($"{directory}/Release", Shell.Run(
            "apt-ftparchive", "-o", $"{option}Origin={origin}", "-o", $"{option}Label={label}", "-o", $"{option}Suite={suite}", "release", directory));
        return this;
    }
}
