using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Rpm;

/// <summary>A package to be built on the spot by rpmbuild.</summary>
/// <param name="name">Its name.</param>
/// <param name="version">Its version and release, as in <c>1.0-1.el9</c>, with an epoch before it where it has one, as in <c>1:1.0-1</c>.</param>
internal sealed class RpmPackage(string name, string version)
{
    private readonly List<string> fields = [];
    private readonly List<string> scripts = [];
    private readonly Dictionary<string, byte[]> files = new() { [$"/usr/share/{name}/version"] = System.Text.Encoding.UTF8.GetBytes(version) };
    private readonly HashSet<string> configuration = [];
    private string architecture = "noarch";

    public string Name => name;

    public string Version => version;

    public string Architecture => architecture;

    public (string Epoch, string Version, string Release) Parts
    {
        get
        {
            var colon = version.IndexOf(':', StringComparison.Ordinal);
            var dash = version.LastIndexOf('-');
            return (colon < 0 ? "0" : version[..colon], version[(colon + 1)..dash], version[(dash + 1)..]);
        }
    }

    public string FileName => $"{name}-{Parts.Version}-{Parts.Release}.{architecture}.rpm";

    public static RpmPackage AnRpm(string name, string version) => new(name, version);

    public RpmPackage Requires(string relation) => WithField("Requires", relation);

    public RpmPackage Conflicts(string relation) => WithField("Conflicts", relation);

    public RpmPackage Obsoletes(string relation) => WithField("Obsoletes", relation);

    public RpmPackage Provides(string relation) => WithField("Provides", relation);

    public RpmPackage WithField(string field, string value)
    {
        fields.Add($"{field}: {value}\n");
        return this;
    }

    public RpmPackage For(string architecture)
    {
        this.architecture = architecture;
        return this;
    }

    /// <summary>A script of the package, such as <c>pre</c>, <c>post</c>, <c>preun</c> or <c>posttrans</c>.</summary>
    public RpmPackage WithScript(string section, string body)
    {
        scripts.Add($"%{section}\n{body}\n");
        return this;
    }

    /// <summary>A configuration file that an administrator's change outlives.</summary>
    public RpmPackage WithConfiguration(string path, string content)
    {
        configuration.Add(path);
        return WithFile(path, System.Text.Encoding.UTF8.GetBytes(content));
    }

    /// <summary>Bytes that no compression makes smaller.</summary>
    public RpmPackage WithBallast(int bytes)
    {
        var ballast = new byte[bytes];
        new Random(bytes).NextBytes(ballast);
        return WithFile($"/usr/share/{name}/ballast", ballast);
    }

    /// <summary>Several versions may be there at once: none has a file of another.</summary>
    public RpmPackage SideBySide()
    {
        files.Clear();
        return WithFile($"/usr/share/{name}-{version}/version", []);
    }

    public RpmPackage WithFile(string path, byte[] content)
    {
        files[path] = content;
        return this;
    }

    public void BuildIn(string directory)
    {
        var work = Directory.CreateTempSubdirectory("patch-operator-rpm-").FullName;
        foreach (var (path, content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(work + "/tree" + path)!);
            File.WriteAllBytes(work + "/tree" + path, content);
        }

        File.WriteAllText(work + "/package.spec", Spec());
        Shell.Run(
            "rpmbuild", "-bb", "--quiet", "--target", architecture, "--define", $"_topdir {work}", "--define", $"_rpmdir {work}/built",
            "--define", "_build_name_fmt %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm",
            // SUSE's kernels provide a release that has two dashes.
            "--define", "_wrong_version_format_terminate_build 0",
            "--define", "debug_package %{nil}", "--define", "__os_install_post %{nil}", "--define", "_binary_payload w1.gzdio", "--define", $"tree {work}/tree", $"{work}/package.spec");
        Directory.CreateDirectory(directory);
        File.Move($"{work}/built/{FileName}", Path.Combine(directory, FileName), overwrite: true);
        Directory.Delete(work, recursive: true);
    }

    private string Spec() => $"""
        Name: {name}
        {(Parts.Epoch == "0" ? "" : $"Epoch: {Parts.Epoch}")}
        Version: {Parts.Version}
        Release: {Parts.Release}
        Summary: a test
        License: none
        AutoReqProv: no
        {string.Concat(fields)}
        %description
        a test
        %install
        mkdir -p %buildroot
        cp -a %tree/. %buildroot/
        {string.Concat(scripts)}
        %files
        {string.Concat(files.Keys.Select(path => (configuration.Contains(path) ? "%config(noreplace) " : "") + path + "\n"))}
        """;
}
