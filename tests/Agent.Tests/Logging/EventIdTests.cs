using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Agent.Tests.Logging;

/// <summary>An event's number finds it in any log: no two of the solution's events share one, and none comes without.</summary>
public sealed class EventIdTests
{
    private static readonly (int Id, string Name)[] s_events = [.. Events()];

    [Fact]
    public void EventIds_OfAllAssemblies_AreUnique()
    {
        // Were the search wrong, there would be nothing to compare.
        Assert.True(s_events.Length > 100, string.Create(CultureInfo.InvariantCulture, $"Only {s_events.Length} events were found."));

        var shared = s_events.GroupBy(each => each.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(each => each.Name))}");

        Assert.Empty(shared);
    }

    [Fact]
    public void EventIds_OfAllAssemblies_AreGiven() => Assert.DoesNotContain(s_events, each => each.Id <= 0);

    private static IEnumerable<(int Id, string Name)> Events()
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "Agent.*.dll"))
        {
            var assembly = Assembly.Load(Path.GetFileNameWithoutExtension(file));
            foreach (var method in assembly.GetTypes().Where(static type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
                .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)))
            {
                if (method.GetCustomAttribute<LoggerMessageAttribute>() is { } message)
                    yield return (message.EventId, $"{method.DeclaringType!.FullName}.{method.Name}");
            }
        }
    }
}
