namespace PatchOperator.Integration.Tests.Crds;

/// <summary>The kubectl of the oldest Kubernetes that we support, from Debian 12, unpacked into a directory of its own.</summary>
internal sealed class DebianKubectl : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("kubectl-");

    private DebianKubectl()
    {
    }

    public string Path => System.IO.Path.Combine(directory.FullName, "usr/bin/kubectl");

    public static async Task<DebianKubectl> Download()
    {
        var kubectl = new DebianKubectl();
        var script = $"cd '{kubectl.directory.FullName}' && apt-get -o APT::Sandbox::User=root download kubernetes-client && dpkg-deb --extract *.deb .";
        (await Command.Run("sh", ["-c", script])).Succeeded();
        return kubectl;
    }

    public void Dispose() => directory.Delete(recursive: true);
}

/// <summary>A test that takes Debian's packages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DebianFactAttribute : FactAttribute
{
    public DebianFactAttribute()
    {
        if (!File.Exists("/usr/bin/apt-get"))
            Skip = "needs a Debian machine";
    }
}
