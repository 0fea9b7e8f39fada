using PatchOperator.Contract.Images;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>What images from packages alone are made of, once for all tests of a class: a mirror for each manager.</summary>
public sealed class RpmMirrors : IDisposable
{
    private readonly Dictionary<string, RpmMirror> mirrors = [];

    internal RpmMirror WithoutSystem { get; } = new(manager: null, key: null, AnRpm("needed", "1.0-1"));

    internal RpmMirror this[string manager]
    {
        get
        {
            lock (mirrors)
            {
                if (!mirrors.TryGetValue(manager, out var mirror))
                    mirrors[manager] = mirror = new RpmMirror(
                        manager, key: null, AnRpm("needed", "1.0-1"), AnRpm("fix", "1.0-1"), AnRpm("fix", "1.1-1"), AnRpm("old", "1.0-1"), AnRpm("lib", "1.0-1"),
                        AnRpm("extra", "1.0-1").Requires("lib").WithField("Recommends", "weak"), AnRpm("weak", "1.0-1"),
                        AnRpm("broken", "1.0-1").Requires("base").WithScript("pre", "exit 3"));
                return mirror;
            }
        }
    }

    internal static ImageRequestBuilder BuilderOf(string manager) => manager == RpmImage.Zypper ? ImageRequestBuilder.Zypper : ImageRequestBuilder.Dnf;

    internal ImageRequest Request(string manager, ImageRequestRecipe recipe, ImageRequestFormat format = ImageRequestFormat.Tar) =>
        this[manager].Request(BuilderOf(manager), recipe, format);

    public void Dispose()
    {
        foreach (var mirror in mirrors.Values.Append(WithoutSystem))
            mirror.Dispose();
    }
}
