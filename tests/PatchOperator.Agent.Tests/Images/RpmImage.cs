using PatchOperator.Agent.Tests.Dnf;
using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Agent.Tests.Zypper;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>Images of systems that dnf or zypper manages, with the repository that their packages come from inside.</summary>
internal static class RpmImage
{
    public const string Dnf = "dnf";
    public const string Dnf5 = "dnf5";
    public const string Zypper = "zypper";

    /// <param name="manager">One of the above.</param>
    public static RpmHost Host(string manager) => manager switch { Dnf => new Dnf4Host(), Dnf5 => new Dnf5Host(), _ => new ZypperHost() };

    /// <summary>As the administrator of a node would.</summary>
    public static void Hold(this RpmHost host, string package) =>
        _ = host is DnfHost dnf ? dnf.Dnf("versionlock", "add", package) : host.Run("zypper", "--non-interactive", "addlock", package);

    /// <summary>Makes something else the only repository.</summary>
    /// <param name="host">The system.</param>
    /// <param name="address">Its URL; null for none at all.</param>
    public static void UseRepository(this RpmHost host, string? address)
    {
        var file = host is DnfHost ? "/etc/yum.repos.d/test.repo" : "/etc/zypp/repos.d/test.repo";
        if (address is null)
            File.Delete(host.PathOf(file));
        else
            host.Write(file, $"[test]\nname=test\nbaseurl={address}\nenabled=1\ngpgcheck=0\n");
    }
}
