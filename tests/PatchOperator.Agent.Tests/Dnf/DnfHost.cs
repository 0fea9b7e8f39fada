using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Rpm;

namespace PatchOperator.Agent.Tests.Dnf;

/// <summary>A host that a generation of dnf manages.</summary>
internal abstract class DnfHost : RpmHost
{
    private readonly string program;

    protected DnfHost(BaseSystem system, string osRelease, string program)
        : base(system, osRelease)
    {
        this.program = program;
        // dnf asks there whether a process that has a lock is still alive, and when the host was booted.
        Mount("proc", "/proc");
        // A process is as old, for dnf needs-restarting, as its entry there, which is made when somebody asks for it.
        Run("stat", "/proc/1");
        Configure();
    }

    /// <summary>Where dnf has what it downloads.</summary>
    public abstract string Cache { get; }

    /// <summary>What a transaction locks first.</summary>
    public abstract string TransactionLock { get; }

    /// <summary>The process that has it.</summary>
    public abstract int TransactionProcess { get; }

    /// <summary>Configuration that would make nonsense of all that the agent reads, were it taken.</summary>
    public abstract void Misconfigure();

    /// <summary>As reports have it.</summary>
    public abstract string OsFamily { get; }

    public abstract void MarkAutomatic(string package);

    /// <summary>As the host's administrator would.</summary>
    public string Dnf(params string[] arguments) => Run(program, arguments);

    /// <summary>Lines of dnf.conf besides those that Red Hat's family comes with.</summary>
    public DnfHost Configure(params string[] lines)
    {
        Write("/etc/dnf/dnf.conf", $"[main]\ngpgcheck=1\ninstallonly_limit=3\nclean_requirements_on_remove=True\nbest=True\nskip_if_unavailable=False\n{string.Join('\n', lines)}\n");
        return this;
    }

    public override RpmHost Install(params string[] packages)
    {
        Dnf("makecache", "--refresh");
        Dnf(["install", "--assumeyes", .. packages]);
        return this;
    }

    /// <param name="name">Its ID and its name.</param>
    /// <param name="address">Its URL.</param>
    /// <param name="more">Lines of its own.</param>
    public void AddRepository(string name, string address, string more) =>
        Write($"/etc/yum.repos.d/{name}.repo", $"[{name}]\nname=the repository {name}\nbaseurl={address}\nenabled=1\ngpgcheck=0\n{more}\n");

    protected override void AddRepository(string name, string path) => AddRepository(name, $"file://{path}", "");
}
