namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>
/// A node of rpm packages, with a repository of its own in which there are security updates of <see cref="StoryUpdates.Well"/> and <see cref="Firmware"/>, and an
/// update of <see cref="StoryUpdates.Other"/> that mends no more than a bug.
/// </summary>
internal static class RpmNode
{
    /// <summary>After its update a reboot is due: dnf knows it by its name, and zypper by what it provides.</summary>
    public const string Firmware = "linux-firmware";

    /// <summary>The advisory of <see cref="StoryUpdates.Well"/>, which is of the severity Important.</summary>
    public const string Advisory = "STORY-2026:1";

    /// <summary>What that mends.</summary>
    public const string Cve = "CVE-2026-1001";

    private const string Functions = """
        package() { # NAME VERSION-RELEASE [PROVIDES]
            printf '%s\n' "Name: $1" "Version: ${2%-*}" "Release: ${2#*-}" 'Summary: a package of stories' 'License: none' 'AutoReqProv: no' "Provides: ${3:-$1}" \
                '%description' 'a package of stories' '%files' >package.spec
            rpmbuild -bb --quiet --target noarch --define "_topdir $PWD/build" --define "_rpmdir $PWD" --define '_build_name_fmt %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm' package.spec >/dev/null
        }
        advise() { # ID TYPE SEVERITY CVE NAME VERSION-RELEASE
            cat <<XML
        <update from="stories@example.org" status="final" type="$2" version="1">
          <id>$1</id><title>an update of $5</title><severity>$3</severity><release>stories</release><issued date="2026-11-01 12:00:00"/>
          <references>$([ -z "$4" ] || echo "<reference href='https://example.org/$4' id='$4' title='$4' type='cve'/>")</references>
          <description>an update of $5</description>
          <pkglist><collection short="stories"><name>stories</name>
            <package name="$5" epoch="0" version="${6%-*}" release="${6#*-}" arch="noarch"><filename>$5-$6.noarch.rpm</filename></package>
          </collection></pkglist>
        </update>
        XML
        }
        """;

    /// <summary>Turns a node into one: it stays so until it is made anew.</summary>
    public static Task MakeAsync(NodeMachines machines, string node, RpmSystem system) => machines.ShellAsync(node, $$"""
        set -e
        {{Functions}}
        apt-get -qq update
        DEBIAN_FRONTEND=noninteractive apt-get -qq --yes --no-install-recommends install rpm createrepo-c {{system.Packages}} >/dev/null 2>&1
        rm /etc/os-release
        cat >/etc/os-release <<'TEXT'
        {{system.OsRelease}}
        TEXT
        # Debian keeps rpm's database elsewhere, as rpm is a guest there.
        mkdir -p /etc/rpm
        echo '%_dbpath /var/lib/rpm' >/etc/rpm/macros

        mkdir -p /srv/story
        cd /srv/story
        {{system.Repository}}
        package system-release 1-1
        package {{StoryUpdates.Well}} {{system.Before}}
        package {{StoryUpdates.Other}} 1.0-1
        package {{Firmware}} 20250101-1
        createrepo_c --quiet --no-database .
        {{system.Install}} system-release {{StoryUpdates.Well}} {{StoryUpdates.Other}} {{Firmware}} >/dev/null

        package {{StoryUpdates.Well}} {{system.After}}
        package {{StoryUpdates.Other}} 2.0-1
        package {{Firmware}} 20260101-1 'installhint(reboot-needed)'
        createrepo_c --quiet --no-database .
        {
            echo '<updates>'
            advise {{Advisory}} security Important {{Cve}} {{StoryUpdates.Well}} {{system.After}}
            advise STORY-2026:2 security Moderate CVE-2026-1002 {{Firmware}} 20260101-1
            advise STORY-2026:3 bugfix None '' {{StoryUpdates.Other}} 2.0-1
            echo '</updates>'
        } >updateinfo.xml
        modifyrepo_c --mdtype=updateinfo updateinfo.xml repodata >/dev/null
        """);

    /// <summary>Version and release of what is installed.</summary>
    public static Task<string> VersionAsync(NodeMachines machines, string node, string package) =>
        machines.ShellAsync(node, $"rpm --query --queryformat '%{{VERSION}}-%{{RELEASE}}' {package}");
}
