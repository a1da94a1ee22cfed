# The commands of Wurzelwerk. PORT, WURZELWERK_VAR and DATABASE_URL may be given: make demo PORT=8001

PYTHON ?= python3
BIN = .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo demo-reset test lint types format lock screenshots clean

help: ## diese Übersicht
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

setup: ## Umgebung, Gestaltung und Schriften einrichten
	@$(PYTHON) scripts/set_up.py

setup-dev: ## dazu die Werkzeuge für Tests
	@$(PYTHON) scripts/set_up.py --dev

demo: setup ## Demo-Stadt starten (beim ersten Mal anlegen)
	@$(BIN)/wurzelwerk serve --demo

demo-reset: setup ## Demo-Stadt löschen, neu anlegen und starten
	@$(BIN)/wurzelwerk serve --demo --anew

test: setup-dev ## alles prüfen, was dieser Rechner prüfen kann
	@$(BIN)/python scripts/run_tests.py

lint: setup-dev ## nur Stil, Stockwerke und Typen prüfen
	@$(BIN)/python scripts/run_tests.py --lint

types: setup-dev ## Typen aller Räume prüfen (geprüft bleibt, was in pyproject.toml als sauber steht)
	@$(BIN)/mypy -p wurzelwerk

format: setup-dev ## Quelltext in die gemeinsame Form bringen
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .
	@find wurzelwerk -path '*/templates/*.html' -exec $(BIN)/djade --target-version 5.2 {} + || true

lock: ## Versionen neu festschreiben (braucht uv und npm)
	@$(PYTHON) scripts/lock_requirements.py

screenshots: setup-dev ## Bilder der Anleitung neu aufnehmen (braucht Chromium)
	@WURZELWERK_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest -m screenshots -q -p no:randomly

clean: ## alles Erzeugte löschen, außer den Daten unter var/
	@rm -rf .venv node_modules build .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
