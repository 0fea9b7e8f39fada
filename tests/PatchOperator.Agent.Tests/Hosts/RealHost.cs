using System.Text.Json;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>A host of its own for one test: a real root file system, with a process that stands for its PID 1.</summary>
internal abstract class RealHost : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("patch-operator-host-").FullName;
    private readonly List<string> mounts = [];

    /// <summary>What the test changes lies over the system, which all tests share: a copy of hundreds of megabytes for each would take longer than most tests.</summary>
    /// <param name="system">What the host begins with.</param>
    /// <param name="onBtrfs">Whether its root is a disk of its own, of which snapshots can be made, and has /var apart, as SUSE lays it out.</param>
    protected RealHost(BaseSystem system, bool onBtrfs = false)
    {
        foreach (var part in new[] { "root", "changes", "work" })
            Directory.CreateDirectory($"{folder}/{part}");
        Root = $"{folder}/root";
        if (onBtrfs)
            MountBtrfs(system);
        else
            Mount("overlay", "/", "-o", $"lowerdir={system.Path},upperdir={folder}/changes,workdir={folder}/work");
        Init = new InitProcess(Root);
    }

    public string Root { get; }

    public InitProcess Init { get; private set; }

    public static AgentRequest Request(AgentStep step, params (string Name, string Version)[] updates) => new()
    {
        Step = step,
        Operation = "run-1-node-1",
        Updates = [.. updates.Select(update => new ApprovedUpdate(update.Name, update.Version))],
        TimeoutSeconds = 300,
    };

    public string PathOf(string path) => Path.Combine(Root, path.TrimStart('/'));

    public string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Writes a file, and the folders that it needs.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    /// <summary>Runs a program of the host in the host.</summary>
    public string Run(string program, params string[] arguments) => Shell.Run("chroot", [Root, program, .. arguments]);

    public Command Try(string program, params string[] arguments) => Shell.Try("chroot", [Root, program, .. arguments]);

    public void MountSmallDisk(string path, string size)
    {
        Directory.CreateDirectory(PathOf(path));
        Mount("tmpfs", path, "-o", $"size={size}");
    }

    public AgentProcess Start(AgentRequest request) => StartAgent(Json(request), "run", "--host-root", Root);

    /// <summary>As its administrator would: a command such as <c>patch</c>, with what else is given.</summary>
    public AgentProcess StartByHand(string command, params string[] arguments) => StartAgent(null, [command, "--root", Root, .. arguments]);

    public async Task<AgentOutcome> RunAsync(AgentRequest request)
    {
        var left = new LeftBehind(this);
        using var agent = Start(request);
        return left.Check(request.Step, request.KeepReplaced || request.CheckUnits, await agent.WaitAsync());
    }

    public async Task<AgentOutcome> RunByHandAsync(string command, params string[] arguments)
    {
        var left = new LeftBehind(this);
        using var agent = StartByHand(command, arguments);
        return left.Check(Enum.Parse<AgentStep>(command, ignoreCase: true), arguments.Contains("--keep"), await agent.WaitAsync());
    }

    public Task<AgentOutcome> ScanAsync() => RunAsync(Request(AgentStep.Scan));

    public Task<AgentOutcome> PatchAsync(params (string Name, string Version)[] updates) => RunAsync(Request(AgentStep.Patch, updates));

    public Task<AgentOutcome> VerifyAsync(params (string Name, string Version)[] updates) => RunAsync(Request(AgentStep.Verify, updates));

    /// <summary>A patch that keeps what it replaces.</summary>
    public Task<AgentOutcome> PatchKeepingAsync(params (string Name, string Version)[] updates) =>
        RunAsync(Request(AgentStep.Patch, updates) with { KeepReplaced = true });

    public Task<AgentOutcome> RollbackAsync() => RunAsync(Request(AgentStep.Rollback));

    public virtual void Dispose()
    {
        Init.Dispose();
        foreach (var mount in mounts.AsEnumerable().Reverse())
            Shell.Run("umount", "--lazy", mount);
        Shell.Run("rm", "-rf", "--one-file-system", folder);
    }

    protected virtual AgentProcess StartAgent(string? request, params string[] arguments) =>
        AgentProcess.Start(request, [.. arguments, "--init-pid", $"{Init.Id}"]);

    private static string Json(AgentRequest request) => JsonSerializer.Serialize(request, ContractJson.Default.AgentRequest);

    /// <summary>Until the host is no more.</summary>
    protected void Mount(string type, string path, params string[] options) => MountDisk(type, type, path, options);

    private void MountDisk(string type, string disk, string path, params string[] options)
    {
        Shell.Run("mount", ["-t", type, .. options, disk, PathOf(path)]);
        mounts.Add(PathOf(path));
    }

    private void MountBtrfs(BaseSystem system)
    {
        var disk = $"{folder}/disk";
        using (var file = File.Create(disk))
            file.SetLength(2L << 30);
        Shell.Run("mkfs.btrfs", "--quiet", disk);
        MountDisk("btrfs", disk, "/", "-o", "loop");
        Shell.Run("btrfs", "subvolume", "create", PathOf("/var"));
        Shell.Run("cp", "--archive", system.Path + "/.", Root);
    }
}
