using Agent.Protocol;
using Google.Protobuf.Reflection;

namespace Agent.Tests.ProtocolDrift;

/// <summary>Our wire messages against those of LiveKit's own packages: numbers, names, types, labels, enumeration values.</summary>
public class DescriptorDriftTests
{
    [Fact]
    public async Task ServerMessages_ComparedWithOfficialPackage_DoNotDrift()
    {
        var comparison = new DescriptorComparison(await OfficialDescriptors.LoadAsync("server"));
        foreach (var file in FilesOf(typeof(WorkerMessage).Assembly, "Agent.Protocol"))
            comparison.Compare(file);

        Assert.Empty(comparison.Differences);
        Assert.Empty(comparison.Absent);
        Assert.True(comparison.ComparedFields > 300, $"only {comparison.ComparedFields} fields were compared");
        Assert.True(comparison.ComparedEnumValues > 60, $"only {comparison.ComparedEnumValues} values were compared");
    }

    [Fact]
    public async Task NativeMessages_ComparedWithOfficialPackage_DoNotDrift()
    {
        var comparison = new DescriptorComparison(await OfficialDescriptors.LoadAsync("native"));
        foreach (var file in FilesOf(typeof(Agent.LiveKit.Api.AccessToken).Assembly, "Agent.LiveKit.Rtc.Native"))
            comparison.Compare(file);

        Assert.Empty(comparison.Differences);
        Assert.Empty(comparison.Absent);
        Assert.True(comparison.ComparedFields > 300, $"only {comparison.ComparedFields} fields were compared");
        Assert.True(comparison.ComparedEnumValues > 60, $"only {comparison.ComparedEnumValues} values were compared");
    }

    private static List<FileDescriptor> FilesOf(System.Reflection.Assembly assembly, string prefix)
    {
        // protoc writes one class XxxReflection with a static Descriptor for each file.
        var files = assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal) && type.Namespace is { } space && space.StartsWith(prefix, StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<FileDescriptor>()
            .ToList();
        Assert.NotEmpty(files);
        return files;
    }
}
