using System.Xml.Linq;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>A repository on loopback that a whole system can be made from: that of a manager, and packages beside it.</summary>
internal sealed class RpmMirror : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("patch-operator-mirror-").FullName;
    private readonly SigningKey? key;

    /// <param name="manager">See <see cref="RpmImage"/>; null: no system is in it.</param>
    /// <param name="key">What everything is signed with; null: nothing is.</param>
    /// <param name="packages">What is in it besides.</param>
    public RpmMirror(string? manager, SigningKey? key, params RpmPackage[] packages)
    {
        this.key = key;
        if (manager is not null)
            SystemRpm.BuildIn(folder, manager);
        Offer(packages);
        Server = new StaticServer(folder);
    }

    public StaticServer Server { get; }

    public string Url => $"{Server.Url}/";

    public void Offer(params RpmPackage[] packages)
    {
        foreach (var package in packages)
            package.BuildIn(folder);
        Publish();
    }

    public void Advise(params RpmAdvisory[] advisories)
    {
        File.WriteAllText($"{folder}/updateinfo.xml", new XDocument(new XElement("updates", advisories.Select(advisory => advisory.Xml))).ToString());
        Publish();
    }

    public ImageRequest Request(ImageRequestBuilder builder, ImageRequestRecipe recipe, ImageRequestFormat format = ImageRequestFormat.Tar) => new()
    {
        Baseline = "worker",
        SourceDateEpoch = 1_700_000_000,
        Builder = builder,
        Source = new() { Repositories = [new("mirror", Url, GpgCheck: key is not null)], GpgKeys = key?.Public },
        Recipe = recipe,
        Output = new() { Format = format },
    };

    public void Dispose()
    {
        Server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Publish()
    {
        foreach (var package in key is null ? [] : Directory.EnumerateFiles(folder, "*.rpm"))
            key!.SignPackage(package);
        Shell.Run("createrepo_c", "--quiet", "--no-database", folder);
        if (File.Exists($"{folder}/updateinfo.xml"))
            Shell.Run("modifyrepo_c", "--mdtype=updateinfo", $"{folder}/updateinfo.xml", $"{folder}/repodata");
        if (key is not null)
            File.WriteAllText($"{folder}/repodata/repomd.xml.asc", key.SignatureOf($"{folder}/repodata/repomd.xml"));
    }
}
