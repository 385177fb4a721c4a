"""The one door to git: how it is run, what it lists, and the trees and the history that it knows."""
