using PatchOperator.Agent.Tests.Dnf;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Agent.Tests.Zypper;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>A package that is a whole system, with the package manager that it will have, out of the files of one that Debian has made.</summary>
internal static class SystemRpm
{
    /// <summary>Its name, and its version.</summary>
    public const string Name = "base";

    /// <summary>Where each keeps the database of rpm: those of the family of dnf, in the older place.</summary>
    public static string DatabaseOf(string manager) => manager == RpmImage.Zypper ? "/usr/lib/sysimage/rpm" : "/var/lib/rpm";

    public static void BuildIn(string directory, string manager)
    {
        var (system, osRelease) = manager switch
        {
            RpmImage.Dnf => (BaseSystem.Dnf, Dnf4Host.Alma),
            RpmImage.Dnf5 => (BaseSystem.Dnf5, Dnf5Host.Fedora),
            _ => (BaseSystem.Zypper, ZypperHost.Sles),
        };
        var work = Directory.CreateTempSubdirectory("patch-operator-system-").FullName;
        File.WriteAllText(work + "/os-release", osRelease);
        File.WriteAllText(work + "/macros", $"%_dbpath {DatabaseOf(manager)}\n");
        File.WriteAllText(work + "/package.spec", $$"""
            Name: {{Name}}
            Version: 1.0
            Release: 1
            Summary: a test
            License: none
            AutoReqProv: no
            Requires: needed
            Provides: /bin/sh
            Provides: system-release = 9.4
            %description
            a test
            %install
            mkdir -p %buildroot
            cp -a {{system.Path}}/. %buildroot/
            rm -rf %buildroot/dev %buildroot/proc %buildroot/sys %buildroot/etc/os-release %buildroot/etc/resolv.conf %buildroot/var/lib/rpm
            mkdir -p %buildroot/dev %buildroot/proc %buildroot/sys %buildroot/etc/rpm %buildroot/etc/yum.repos.d %buildroot/etc/zypp/repos.d
            cp {{work}}/os-release %buildroot/etc/os-release
            cp {{work}}/macros %buildroot/etc/rpm/macros
            # Debian's dnf has a plugin with a repository of its own, of what it has downloaded.
            if [ -d %buildroot/etc/dnf/plugins ]; then printf '[main]\nenabled = false\n' >%buildroot/etc/dnf/plugins/local.conf; fi
            printf '[vendor]\nname=vendor\nbaseurl=http://127.0.0.1:1/\nenabled=1\n' | tee %buildroot/etc/yum.repos.d/vendor.repo >%buildroot/etc/zypp/repos.d/vendor.repo
            %post
            # What scripts of packages expect of any system.
            test -c /dev/null && test -r /proc/self/status && readlink /proc/1/exe >/dev/null
            %files
            /*
            """);
        Shell.Run(
            "rpmbuild", "-bb", "--quiet", "--target", "noarch", "--define", $"_topdir {work}", "--define", $"_rpmdir {directory}",
            "--define", "_build_name_fmt %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm", "--define", "_binaries_in_noarch_packages_terminate_build 0",
            "--define", "_build_id_links none", "--define", "debug_package %{nil}", "--define", "__os_install_post %{nil}", "--define", "_binary_payload w1.gzdio", $"{work}/package.spec");
        Directory.Delete(work, recursive: true);
    }
}
